/// What the bottleneck does with packets that have to wait: a qdisc and its parameters, under the names of `tc(8)`.
package enum QueueDiscipline: Hashable, Sendable {
    /// First in, first out; what does not fit is dropped (`bfifo` or `pfifo`, by the limit's unit).
    case fifo(QueueLimit)
    case codel(CoDel)
    case fqCodel(FQCoDel)
    case pie(PIE)
    case fqPie(FQPIE)
    case red(RED)
    /// Keeps the rate by itself, and so takes the shaper's place.
    case cake(Cake)

    /// A first-in-first-out queue that takes `span` to drain when it is full.
    package static func time(_ span: TimeSpan) -> QueueDiscipline { .fifo(.time(span)) }
    /// A first-in-first-out queue of `size`.
    package static func bytes(_ size: ByteCount) -> QueueDiscipline { .fifo(.bytes(size)) }
    /// A first-in-first-out queue of `count` packets.
    package static func packets(_ count: Int) -> QueueDiscipline { .fifo(.packets(count)) }
}

extension QueueDiscipline {
    /// The kernel's name of the qdisc.
    package var kind: String {
        switch self {
        case .fifo(.packets): "pfifo"
        case .fifo: "bfifo"
        case .codel: "codel"
        case .fqCodel: "fq_codel"
        case .pie: "pie"
        case .fqPie: "fq_pie"
        case .red: "red"
        case .cake: "cake"
        }
    }

    /// The most it holds; `nil` where the kernel works that out from the rate.
    package var limit: QueueLimit? {
        switch self {
        case .fifo(let limit): limit
        case .codel(let codel): .packets(codel.limit)
        case .fqCodel(let queue): .packets(queue.codel.limit)
        case .pie(let pie): .packets(pie.limit)
        case .fqPie(let queue): .packets(queue.pie.limit)
        case .red(let red): .bytes(red.limit)
        case .cake(let cake): cake.memoryLimit.map { .bytes($0) }
        }
    }

    /// The wait that it aims at; `nil` for one that aims at none.
    package var target: TimeSpan? {
        switch self {
        case .fifo, .red: nil
        case .codel(let codel): codel.target
        case .fqCodel(let queue): queue.codel.target
        case .pie(let pie): pie.target
        case .fqPie(let queue): queue.pie.target
        case .cake(let cake): cake.target
        }
    }

    /// Whether it marks packets that can be marked (RFC 3168) in place of dropping them.
    package var marks: Bool {
        switch self {
        case .fifo: false
        case .codel(let codel): codel.ecn
        case .fqCodel(let queue): queue.codel.ecn
        case .pie(let pie): pie.ecn
        case .fqPie(let queue): queue.pie.ecn
        case .red(let red): red.ecn
        case .cake: true
        }
    }

    /// Whether it drops only what does not fit.
    package var isPassive: Bool {
        if case .fifo = self { true } else { false }
    }

    /// Whether packets leave in the order in which they came; otherwise only those of one flow do.
    package var keepsOrder: Bool {
        switch self {
        case .fifo, .codel, .pie, .red: true
        case .fqCodel, .fqPie, .cake: false
        }
    }

    /// Whether it keeps the rate by itself.
    package var shapes: Bool {
        if case .cake = self { true } else { false }
    }
}
