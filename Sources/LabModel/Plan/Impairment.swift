/// All that is done to the packets of one direction.
package struct Impairment: Codable, Hashable, Sendable {
    /// The bottleneck's rate, Ethernet header included and frame check sequence not; `nil` is no limit.
    package var rate: Rate?
    /// The qdisc that keeps the rate, unless `queue` does so itself.
    package var shaper: Shaper
    /// What the bottleneck does with packets that have to wait.
    package var queue: QueueDiscipline
    /// One-way propagation delay of the path behind the bottleneck.
    package var delay: TimeSpan
    /// The delay's spread, by the path's distribution; unless the path is raw it never reorders, so what happens is its
    /// in-order envelope (RFC 8868 section 4.5, NR-BPDV).
    package var jitter: TimeSpan
    /// Packets lost on the path, at random.
    package var loss: LossModel
    package var path: PathImpairment
    /// Of the link between both ends; it has no sides, so that both directions say the same.
    package var carrier: Carrier
    /// The packets that delay, jitter, loss and `path` are for; all others pass the path at once. `nil` is all of them.
    package var match: PacketMatch?
    package var drop: DropList?

    package init(
        rate: Rate? = nil, shaper: Shaper = .tbf, queue: QueueDiscipline = .time(.milliseconds(100)),
        delay: TimeSpan = .zero, jitter: TimeSpan = .zero, loss: LossModel = .none,
        path: PathImpairment = .plain, carrier: Carrier = .up, match: PacketMatch? = nil, drop: DropList? = nil
    ) {
        self.rate = rate
        self.shaper = shaper
        self.queue = queue
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
        self.path = path
        self.carrier = carrier
        self.match = match
        self.drop = drop
    }

    /// No limit, no delay, no loss.
    package static let clean = Impairment()

    /// Whether it treats packets apart.
    package var sortsPackets: Bool { match != nil || drop != nil }

    /// The time that a full queue takes to drain, packets counted as the largest there are; `nil` where it never does,
    /// where no rate lets it fill, and where the kernel chooses how much it holds.
    package var queueTime: TimeSpan? {
        guard let rate else { return nil }
        if case .time(let span) = queue.limit { return span }
        return queue.limit?.bytes(at: rate).flatMap { rate.time(for: $0) }
    }

    /// The limit in bytes of a first-in-first-out queue, when it is one of bytes or of time at a known rate.
    package var queueBytes: ByteCount? {
        guard case .fifo(let limit) = queue else { return nil }
        if case .packets = limit { return nil }
        return limit.bytes(at: rate)
    }
}

/// Whether the cable is whole.
package enum Carrier: String, Codable, Sendable, CaseIterable {
    case up
    /// As of a cable that is pulled out: what the bottlenecks hold is lost, and all that comes after it.
    case down
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of an impairment calls: a plan of an earlier version says nothing of it.
    package func decode(_ type: Carrier.Type, forKey key: Key) throws -> Carrier {
        try decodeIfPresent(type, forKey: key) ?? .up
    }
}

/// The qdisc that holds a rate.
package enum Shaper: String, Codable, Sendable, CaseIterable {
    case tbf
    case htb
}
