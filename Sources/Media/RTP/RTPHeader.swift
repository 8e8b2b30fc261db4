/// The fixed header of an RTP packet (RFC 3550 section 5.1).
struct RTPHeader {
    static let size = 12

    let marker: Bool
    let payloadType: UInt8
    let sequence: UInt16
    let timestamp: UInt32
    let ssrc: UInt32

    /// Reads it; nil where the bytes are no RTP packet of version 2, or RTCP.
    init?(_ bytes: some RandomAccessCollection<UInt8>) {
        guard bytes.count >= Self.size else { return nil }
        var reader = ByteReader(bytes)
        guard let first = reader.byte(), first >> 6 == 2, let second = reader.byte(), !RTCP.isType(second),
            let sequence = reader.uint16(), let timestamp = reader.uint32(), let ssrc = reader.uint32()
        else { return nil }
        marker = second & 0x80 != 0
        payloadType = second & 0x7F
        self.sequence = sequence
        self.timestamp = timestamp
        self.ssrc = ssrc
    }

    /// Puts other values in a packet's header.
    static func rewrite(_ packet: inout [UInt8], sequence: UInt16, timestamp: UInt32, ssrc: UInt32) {
        packet.replaceSubrange(2..<4, with: sequence.bytes)
        packet.replaceSubrange(4..<8, with: timestamp.bytes)
        packet.replaceSubrange(8..<12, with: ssrc.bytes)
    }
}

extension UInt16 {
    /// The nearest number to `number` with these 16 bits (RFC 3550 A.1).
    func extended(near number: Int64) -> Int64 {
        number + Int64(Int16(bitPattern: self &- UInt16(truncatingIfNeeded: number)))
    }
}

extension FixedWidthInteger {
    /// In network order.
    var bytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }
}

/// Reads numbers in network order.
struct ByteReader<Bytes: RandomAccessCollection<UInt8>> {
    private var rest: Bytes.SubSequence

    init(_ bytes: Bytes) {
        rest = bytes[...]
    }

    var count: Int { rest.count }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func uint16() -> UInt16? { number() }

    mutating func uint32() -> UInt32? { number() }

    mutating func skip(_ count: Int) { rest = rest.dropFirst(count) }

    private mutating func number<N: FixedWidthInteger>() -> N? {
        let size = N.bitWidth / 8
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) { $0 << 8 | N($1) }
    }
}
