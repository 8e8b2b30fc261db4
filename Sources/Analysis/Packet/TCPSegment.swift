/// What analysis reads of a TCP header (RFC 9293 section 3.1).
struct TCPSegment {
    var sequence: UInt32
    /// SYN: the sequence number of its first byte is one further.
    var isOpening: Bool
    /// Length of the header, options included.
    var header: Int

    /// - Parameter bytes: from the header on; `nil` where it is no whole one.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let sequence = bytes.bigEndian32(at: 4), let offset = bytes.byte(at: 12), let flags = bytes.byte(at: 13)
        else { return nil }
        self.sequence = sequence
        header = Int(offset >> 4) * 4
        isOpening = flags & 0x02 != 0
        guard header >= 20 else { return nil }
    }
}
