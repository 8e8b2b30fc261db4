/// One access unit that a sender of the user's own is to send, as the media file has it: a line of
/// `media/expected.jsonl`. When it leaves nobody writes down.
package struct ExpectedUnit: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// Counted from 0 in each stream, in decoding order.
    package var index: Int
    /// Presentation time since the media's start.
    package var pts: TimeSpan
    package var size: ByteCount
    package var key: Bool
    /// CRC-32 of what is coded in it, without parameter sets.
    package var content: UInt32

    package init(stream: MediaKind, index: Int, pts: TimeSpan, size: ByteCount, key: Bool, content: UInt32) {
        self.stream = stream
        self.index = index
        self.pts = pts
        self.size = size
        self.key = key
        self.content = content
    }
}

extension ExpectedUnit {
    /// Its presentation time on a clock (Hz).
    package func ticks(clockRate: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: Int64((pts.seconds * Double(clockRate)).rounded()))
    }
}
