/// All that is done to the packets of one direction.
package struct Impairment: Codable, Hashable, Sendable {
    /// The bottleneck's rate, Ethernet header included and frame check sequence not; `nil` is no limit.
    package var rate: Rate?
    /// The qdisc that keeps the rate.
    package var shaper: Shaper
    /// How much the bottleneck holds before it drops.
    package var queue: QueueLimit
    /// One-way propagation delay of the path behind the bottleneck.
    package var delay: TimeSpan
    /// The delay's spread, by the path's distribution; unless the path is raw it never reorders, so what happens is its
    /// in-order envelope (RFC 8868 section 4.5, NR-BPDV).
    package var jitter: TimeSpan
    /// Packets lost on the path, at random.
    package var loss: LossModel
    package var path: PathImpairment

    package init(
        rate: Rate? = nil, shaper: Shaper = .tbf, queue: QueueLimit = .time(.milliseconds(100)),
        delay: TimeSpan = .zero, jitter: TimeSpan = .zero, loss: LossModel = .none,
        path: PathImpairment = .plain
    ) {
        self.rate = rate
        self.shaper = shaper
        self.queue = queue
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
        self.path = path
    }

    /// No limit, no delay, no loss.
    package static let clean = Impairment()

    /// The time that a full queue takes to drain, packets counted as the largest there are; `nil` where it never does,
    /// and where no rate lets it fill.
    package var queueTime: TimeSpan? {
        guard let rate else { return nil }
        switch queue {
        case .time(let span): return span
        case .bytes(let size): return rate.time(for: size)
        case .packets(let count): return rate.time(for: ByteCount(Int64(count) * ByteCount.largestFrame.bytes))
        }
    }

    /// The queue's limit in bytes, when it is one of bytes or of time at a known rate.
    package var queueBytes: ByteCount? {
        switch queue {
        case .bytes(let size): size
        case .time(let span): rate.map { $0.bytes(in: span) }
        case .packets: nil
        }
    }
}

/// The qdisc that holds a rate.
package enum Shaper: String, Codable, Sendable, CaseIterable {
    case tbf
    case htb
}

/// How much a bottleneck's queue holds, in the unit it was asked in.
package enum QueueLimit: Codable, Hashable, Sendable {
    /// The time that a full queue takes to drain at the bottleneck's rate.
    case time(TimeSpan)
    case bytes(ByteCount)
    case packets(Int)
}
