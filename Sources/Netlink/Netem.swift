package import LabModel

/// A path (`netem`, tc-netem(8)).
package struct Netem: Hashable, Sendable {
    /// Packets that it holds, those of its child included; one or more.
    package var limit: UInt32
    package var delay: TimeSpan
    /// The spread around `delay`; the kernel cuts it to 2.147 s, 31 bits of nanoseconds.
    package var jitter: TimeSpan
    /// How much of each random number of the delay comes from the one before it.
    package var delayCorrelation: Probability
    /// How the jitter is spread; `nil` leaves it as it is, which is evenly in a new netem. The kernel does not tell it.
    package var distribution: DistributionTable?
    package var loss: LossModel
    /// Packets that `loss` picks are marked instead, where they are ECN-capable.
    package var marks: Bool
    package var duplicate: Chance?
    package var corrupt: Chance?
    package var reorder: Reordering?
    package var slots: NetemSlots?
    /// With a rate, netem never sends a packet before the one in front of it.
    package var rate: Rate?
    /// Where its random numbers begin (Linux 6.7); `nil` leaves them where they are.
    package var seed: UInt64?

    package init(
        limit: UInt32, delay: TimeSpan, jitter: TimeSpan = .zero, delayCorrelation: Probability = .zero,
        distribution: DistributionTable? = nil, loss: LossModel = .none, marks: Bool = false,
        duplicate: Chance? = nil, corrupt: Chance? = nil, reorder: Reordering? = nil, slots: NetemSlots? = nil,
        rate: Rate? = nil, seed: UInt64? = nil
    ) {
        self.limit = limit
        self.delay = delay
        self.jitter = jitter
        self.delayCorrelation = delayCorrelation
        self.distribution = distribution
        self.loss = loss
        self.marks = marks
        self.duplicate = duplicate
        self.corrupt = corrupt
        self.reorder = reorder
        self.slots = slots
        self.rate = rate
        self.seed = seed
    }
}

/// When netem lets packets go (`tc_netem_slot`).
package struct NetemSlots: Hashable, Sendable {
    /// From one slot to the next, where there is no distribution.
    package var least: TimeSpan
    package var most: TimeSpan
    /// The same, where there is one.
    package var mean: TimeSpan
    package var jitter: TimeSpan
    /// `nil` leaves it as it is. The kernel does not tell it, and never goes back to none.
    package var distribution: DistributionTable?
    /// In one slot; `nil` is no limit.
    package var packets: Int32?
    package var bytes: Int32?

    package init(
        least: TimeSpan = .zero, most: TimeSpan = .zero, mean: TimeSpan = .zero, jitter: TimeSpan = .zero,
        distribution: DistributionTable? = nil, packets: Int32? = nil, bytes: Int32? = nil
    ) {
        self.least = least
        self.most = most
        self.mean = mean
        self.jitter = jitter
        self.distribution = distribution
        self.packets = packets
        self.bytes = bytes
    }
}
