/// What the path does to packets beside delay, jitter and loss: the rest of tc-netem(8).
package struct PathImpairment: Codable, Hashable, Sendable {
    /// How the jitter spreads the delay.
    package var distribution: DelayDistribution
    /// How much of each random number of the delay comes from the one before it.
    package var correlation: Probability
    /// netem as it is, without the rate that keeps packets in order: jitter reorders, and correlations are allowed.
    package var raw: Bool
    package var reorder: Reordering?
    /// Packets that come twice; the copy goes its own way through the path.
    package var duplicate: Chance?
    /// Packets of whose frame one bit, any bit, is turned over.
    package var corrupt: Chance?
    package var slots: Slots?
    /// Packets that the loss model picks are marked `CE` instead of lost, where they are ECN-capable (RFC 3168).
    package var marks: Bool

    package init(
        distribution: DelayDistribution = .uniform, correlation: Probability = .zero, raw: Bool = false,
        reorder: Reordering? = nil, duplicate: Chance? = nil, corrupt: Chance? = nil, slots: Slots? = nil,
        marks: Bool = false
    ) {
        self.distribution = distribution
        self.correlation = correlation
        self.raw = raw
        self.reorder = reorder
        self.duplicate = duplicate
        self.corrupt = corrupt
        self.slots = slots
        self.marks = marks
    }

    /// Nothing.
    package static let plain = PathImpairment()
}

/// What befalls some packets, by netem's random numbers.
package struct Chance: Codable, Hashable, Sendable {
    /// Of the packets that it befalls, were each for itself.
    package var share: Probability
    /// How much of each random number comes from the one before it. It narrows their spread, so that the share is no
    /// longer what it says: see `CorrelatedRandom`.
    package var correlation: Probability

    package init(_ share: Probability, correlation: Probability = .zero) {
        self.share = share
        self.correlation = correlation
    }
}

/// Packets that overtake all that are under way: they leave without delay.
package struct Reordering: Codable, Hashable, Sendable {
    package var chance: Chance
    /// Only the packet that comes `gap - 1` packets after the last that overtook may overtake, or one behind it; 1 or
    /// more.
    package var gap: Int

    package init(_ chance: Chance, gap: Int = 1) {
        self.chance = chance
        self.gap = gap
    }
}

/// Packets leave in bursts, as where a medium is shared by turns.
package struct Slots: Codable, Hashable, Sendable {
    /// From the start of one slot to the next.
    package enum Spacing: Codable, Hashable, Sendable {
        /// Any time between two, as likely as any other.
        case between(TimeSpan, TimeSpan)
        case distributed(DelayDistribution, mean: TimeSpan, jitter: TimeSpan)
    }

    package var spacing: Spacing
    /// What one slot holds at most; `nil` is no limit.
    package var packets: Int?
    package var bytes: ByteCount?

    package init(_ spacing: Spacing, packets: Int? = nil, bytes: ByteCount? = nil) {
        self.spacing = spacing
        self.packets = packets
        self.bytes = bytes
    }

    /// Whether the times between them follow a distribution's table.
    package var isDistributed: Bool {
        if case .distributed = spacing { true } else { false }
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of an impairment calls: a plan of an earlier version says nothing of it.
    package func decode(_ type: PathImpairment.Type, forKey key: Key) throws -> PathImpairment {
        try decodeIfPresent(type, forKey: key) ?? .plain
    }
}
