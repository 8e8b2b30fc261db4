/// One direction of the link, from the two captures: known, not estimated.
package struct LinkReport: Codable, Sendable {
    package var direction: Direction
    /// Of a link of several, from 1; absent for the whole way.
    package var hop: Int?
    /// Frames and bytes (Ethernet header included) that entered, while the stream ran.
    package var sentPackets: Int64
    package var sentBytes: ByteCount
    package var deliveredPackets: Int64
    package var deliveredBytes: ByteCount
    package var lost: Int64
    /// Lost to the full queue and to the path's loss, by the qdiscs' counters.
    package var queueDrops: Int64?
    package var pathDrops: Int64?
    package var duplicates: Int64
    /// Packets that arrived behind one sent after them (RFC 4737).
    package var reordered: Int64
    package var delay: Distribution?
    /// Measured delay less the delay predicted for the same packet from queue, rate and path (see `LinkProof`).
    package var delayError: Distribution?
    /// Runs of lost packets: `lossRuns[n]` is how many runs of length n + 1 there were.
    package var lossRuns: [Int64]
    /// Delivered rate while the bottleneck was predicted to be busy, Ethernet layer.
    package var busyRate: Rate?

    package init(direction: Direction) {
        self.direction = direction
        sentPackets = 0
        sentBytes = ByteCount(0)
        deliveredPackets = 0
        deliveredBytes = ByteCount(0)
        lost = 0
        duplicates = 0
        reordered = 0
        lossRuns = []
    }
}

/// One line of "asked, applied, measured".
package struct LinkProof: Codable, Hashable, Sendable {
    package enum Property: String, Codable, Sendable, CaseIterable {
        case rate
        case delay
        case jitter
        case loss
        case queue
        /// Packets that came behind one sent after them.
        case order
        /// Kolmogorov-Smirnov distance of the delays from their distribution.
        case distribution
        /// Mean length of a run of packets that the loss model picked.
        case burst
        /// Packets marked `CE` in place of loss.
        case mark
        case duplicate
        case corrupt
        /// Packets that overtook all that were under way.
        case reorder
        /// From the start of one burst of packets to the next.
        case slot
        /// Packets that never came, against what the kernel says it dropped.
        case drops
        /// Packets marked Congestion Experienced, against what the kernel says it marked.
        case marks
        /// Packets that the path's match is for, by the captures against the kernel's filter.
        case match
        /// Of the packets that it is not for, which should meet neither loss nor delay behind the bottleneck.
        case unmatchedLoss = "unmatched-loss"
        case unmatchedDelay = "unmatched-delay"
        /// Packets that a drop list names and that never came.
        case listed
        /// Packets that a drop list counted out and that never came.
        case every
        /// The largest packet, IP header included.
        case mtu
    }

    package enum Judgement: String, Codable, Sendable, CaseIterable {
        /// Measured as asked, within the tolerance.
        case confirmed
        case off
        /// Nothing in this run could show it, and `note` says why.
        case unmeasured
    }

    package var direction: Direction
    /// Of a link of several, from 1.
    package var hop: Int?
    package var property: Property
    /// Of the stream's time; a run without timeline has one phase, and a negative start includes the probes.
    package var from: TimeSpan
    package var to: TimeSpan
    package var quantity: Quantity
    /// In base units.
    package var asked: Double?
    package var applied: Double?
    package var measured: Double?
    /// What the same packets should have measured by the model of the link, where that is not `asked`.
    package var predicted: Double?
    /// 95 % confidence interval of `measured`.
    package var low: Double?
    package var high: Double?
    /// Measured against asked (or predicted where there is one): relative for a rate, absolute otherwise.
    package var error: Double?
    /// The greatest `error` that still confirms.
    package var tolerance: Double?
    package var judgement: Judgement
    /// Who measured: `captures`, `throughput probe`, `qdisc counters`; and what to know of it.
    package var witness: String
    package var note: String?

    package init(
        direction: Direction, property: Property, from: TimeSpan, to: TimeSpan, quantity: Quantity,
        judgement: Judgement, witness: String
    ) {
        self.direction = direction
        self.property = property
        self.from = from
        self.to = to
        self.quantity = quantity
        self.judgement = judgement
        self.witness = witness
    }
}
