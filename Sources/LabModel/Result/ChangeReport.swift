/// A change of one direction: when it was asked, when the kernel took it, and when a packet showed it. The steps of
/// ramps and traces are not among them.
package struct ChangeReport: Codable, Hashable, Sendable {
    package var direction: Direction
    /// In words: `rate 2 Mbit/s`.
    package var text: String
    /// All three since the stream's start.
    package var asked: TimeSpan
    package var tookEffect: TimeSpan
    /// When the first frame came that met the new delay or rate, or was lost, or came again; absent where no frame could
    /// show it.
    package var seen: TimeSpan?

    package init(direction: Direction, text: String, asked: TimeSpan, tookEffect: TimeSpan, seen: TimeSpan? = nil) {
        self.direction = direction
        self.text = text
        self.asked = asked
        self.tookEffect = tookEffect
        self.seen = seen
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of a result calls: one of an earlier version says nothing of it.
    package func decode(_ type: [ChangeReport].Type, forKey key: Key) throws -> [ChangeReport] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
