/// A time in which nothing passed the link in at least one direction, and how the stream came back.
package struct OutageReport: Codable, Hashable, Sendable {
    /// Since the stream's start.
    package var start: TimeSpan
    package var end: TimeSpan
    package var directions: [Direction]
    /// The recovery time: from the outage's end until the player plays again; zero where it had not stopped, absent
    /// where it never played again.
    package var recovery: TimeSpan?
    /// From the outage's end until the first access unit came whole, and until the first key frame of video did, without
    /// which a decoder that lost some shows damage.
    package var firstUnit: TimeSpan?
    package var firstKeyFrame: TimeSpan?
    /// From the outage's end until a frame is shown with the live latency from before, within `latencyTolerance`; absent
    /// where that never happened, as with a player that waits.
    package var latency: TimeSpan?

    package static let latencyTolerance = TimeSpan.milliseconds(50)

    package init(start: TimeSpan, end: TimeSpan, directions: [Direction]) {
        self.start = start
        self.end = end
        self.directions = directions
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of a result calls: one of an earlier version says nothing of it.
    package func decode(_ type: [OutageReport].Type, forKey key: Key) throws -> [OutageReport] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
