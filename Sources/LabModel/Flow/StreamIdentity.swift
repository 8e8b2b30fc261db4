/// What tells one RTP stream from others, and where its counters begin.
package struct StreamIdentity: Hashable, Sendable {
    package let ssrc: UInt32
    package let firstTimestamp: UInt32
    package let firstSequence: UInt16

    /// Identities drawn from the run's seed, so that a run repeats to the byte, and so that the link's filters know them
    /// before there is a stream. The first sequence number leaves some room before it wraps; a first timestamp of 0
    /// stands for "none yet" in libavformat's receiver.
    package static func draw(seed: UInt64, count: Int = MediaKind.allCases.count) -> [StreamIdentity] {
        var random = RepeatableRandom(seed: seed)
        return (0..<count).map { index in
            StreamIdentity(
                ssrc: UInt32(truncatingIfNeeded: random.next()) & ~1 | UInt32(index & 1),
                firstTimestamp: UInt32(truncatingIfNeeded: random.next()) | 1,
                firstSequence: UInt16(truncatingIfNeeded: random.next()) & 0x7FFF)
        }
    }

    /// That of a kind of stream: video is a run's first, and sound its second.
    package static func of(_ kind: MediaKind, seed: UInt64) -> StreamIdentity {
        draw(seed: seed)[kind == .video ? 0 : 1]
    }

    /// The sequence number of the packet at `place`, counted from 1.
    package func sequence(at place: Int) -> UInt16 {
        firstSequence &+ UInt16(truncatingIfNeeded: place - 1)
    }
}
