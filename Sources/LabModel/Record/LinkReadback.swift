/// One direction of the lab's link as the kernel reports it after it was told.
package struct LinkReadback: Codable, Hashable, Sendable {
    package var direction: Direction
    /// Of a link of several, from 1.
    package var hop: Int?
    /// The same parameters that were asked for, as the kernel holds them.
    package var applied: Impairment
    /// Whether the kernel took the seed of the plan (`TCA_NETEM_PRNG_SEED`, Linux 6.7).
    package var seeded: Bool
    /// The qdiscs of the bottleneck, then of the path.
    package var qdiscs: [QdiscState]
    /// What tells packets apart in front of the path; absent where nothing does.
    package var filters: [FilterState]?
    /// Bytes that the shaper may send at once (`tbf` burst).
    package var burst: ByteCount?

    package init(
        direction: Direction, hop: Int? = nil, applied: Impairment, seeded: Bool, qdiscs: [QdiscState],
        filters: [FilterState]? = nil,
        burst: ByteCount? = nil
    ) {
        self.direction = direction
        self.hop = hop
        self.applied = applied
        self.seeded = seeded
        self.qdiscs = qdiscs
        self.filters = filters
        self.burst = burst
    }
}

/// A timeline change that was made.
package struct AppliedChange: Codable, Hashable, Sendable {
    /// When it was asked, since the stream's start.
    package var asked: TimeSpan
    /// When the kernel's acknowledgement came.
    package var tookEffect: Timestamp
    package var readbacks: [LinkReadback]

    package init(asked: TimeSpan, tookEffect: Timestamp, readbacks: [LinkReadback]) {
        self.asked = asked
        self.tookEffect = tookEffect
        self.readbacks = readbacks
    }
}

/// The bottleneck of one direction at one moment, polled while the stream runs: a line of `queue.jsonl`.
package struct QueueSample: Codable, Hashable, Sendable {
    package var time: Timestamp
    package var direction: Direction
    /// Of a link of several, from 1.
    package var hop: Int?
    package var backlog: ByteCount
    package var backlogPackets: Int64
    /// Dropped by the queue, since the lab was built.
    package var queueDrops: Int64
    /// Marked by the queue in place of being dropped (RFC 3168), since the lab was built; absent where it cannot mark.
    package var marks: Int64?
    /// Dropped by the path's loss, since the lab was built.
    package var pathDrops: Int64

    package init(
        time: Timestamp, direction: Direction, hop: Int? = nil, backlog: ByteCount, backlogPackets: Int64,
        queueDrops: Int64, marks: Int64? = nil, pathDrops: Int64
    ) {
        self.time = time
        self.direction = direction
        self.hop = hop
        self.backlog = backlog
        self.backlogPackets = backlogPackets
        self.queueDrops = queueDrops
        self.marks = marks
        self.pathDrops = pathDrops
    }
}
