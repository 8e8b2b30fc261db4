/// The fixed header of an RTP packet (RFC 3550 section 5.1).
struct RTPHeader: Equatable {
    var marker: Bool
    var payloadType: UInt8
    var sequence: UInt16
    var timestamp: UInt32
    var ssrc: UInt32
    /// Bytes of it, CSRCs and extension included.
    private(set) var length = 12
    /// Padding bytes behind the payload; 0 where the capture cut them off.
    private(set) var padding = 0

    /// Reads the header where the payload of a datagram can be RTP: version 2, no RTCP type, and CSRCs, extension and
    /// padding that fit into `length`, the payload's length on the wire.
    init?(_ payload: UnsafeRawBufferPointer, length: Int) {
        guard length >= 12, let word = payload.bigEndian32(at: 0), word >> 30 == 2,
            let timestamp = payload.bigEndian32(at: 4), let ssrc = payload.bigEndian32(at: 8)
        else { return nil }
        let type = UInt8(word >> 16 & 0x7f)
        // These are RTCP's 200 to 204 without the highest bit (RFC 3550 section 5.1, RFC 5761 section 4).
        if (72...76).contains(type) { return nil }
        marker = word & 0x80_0000 != 0
        payloadType = type
        sequence = UInt16(truncatingIfNeeded: word)
        self.timestamp = timestamp
        self.ssrc = ssrc
        guard fits(payload, first: UInt8(word >> 24), length: length) else { return nil }
    }

    /// Finds where the payload begins and ends.
    private mutating func fits(_ payload: UnsafeRawBufferPointer, first: UInt8, length whole: Int) -> Bool {
        length += Int(first & 0x0f) * 4
        if first & 0x10 != 0 {
            // An extension that the capture cut off cannot be judged.
            let words = payload.bigEndian16(at: length + 2).map(Int.init) ?? 0
            length += 4 + words * 4
        }
        guard length <= whole else { return false }
        guard first & 0x20 != 0, payload.count == whole, let last = payload.byte(at: whole - 1) else { return true }
        padding = Int(last)
        return padding > 0 && length + padding <= whole
    }
}
