/// What one RTCP packet of a compound says (RFC 3550 section 6, RFC 4585 section 6).
enum RTCPPacket: Equatable {
    case senderReport(from: UInt32, ntp: UInt64, rtpTimestamp: UInt32, packets: UInt32, octets: UInt32)
    case block(from: UInt32, ReportBlock)
    case bye(from: UInt32)
    case nack(from: UInt32, about: UInt32)
    case pli(from: UInt32, about: UInt32)

    /// RFC 3550 section 6.4.1.
    struct ReportBlock: Equatable {
        var about: UInt32
        var fractionLost: UInt8
        var cumulativeLost: Int32
        var highestSequence: UInt32
        var jitter: UInt32
        var lastReport: UInt32
        var delaySinceLast: UInt32
    }

    /// All that a datagram says; `nil` where it is no RTCP: version 2, known types, and lengths that add up.
    static func compound(_ payload: UnsafeRawBufferPointer, length: Int) -> [RTCPPacket]? {
        guard isRTCP(payload, length: length) else { return nil }
        var packets: [RTCPPacket] = []
        var offset = 0
        while let word = payload.bigEndian32(at: offset) {
            let size = (Int(word & 0xffff) + 1) * 4
            read(payload.part(from: offset, length: size), into: &packets)
            offset += size
        }
        return packets
    }

    /// The chain of lengths ends where the datagram ends, as far as it was captured.
    private static func isRTCP(_ payload: UnsafeRawBufferPointer, length: Int) -> Bool {
        guard length >= 8, length % 4 == 0 else { return false }
        var offset = 0
        while offset < length {
            guard let word = payload.bigEndian32(at: offset) else { return offset > 0 && offset >= payload.count }
            guard word >> 30 == 2, (200...207).contains(word >> 16 & 0xff) else { return false }
            offset += (Int(word & 0xffff) + 1) * 4
        }
        return offset == length
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, into packets: inout [RTCPPacket]) {
        guard let head = bytes.bigEndian32(at: 0), let from = bytes.bigEndian32(at: 4) else { return }
        let count = Int(head >> 24 & 0x1f)
        switch head >> 16 & 0xff {
        case 200:
            if let ntp = bytes.bigEndian64(at: 8), let timestamp = bytes.bigEndian32(at: 16),
                let sent = bytes.bigEndian32(at: 20), let octets = bytes.bigEndian32(at: 24)
            {
                packets.append(
                    .senderReport(from: from, ntp: ntp, rtpTimestamp: timestamp, packets: sent, octets: octets))
            }
            readBlocks(bytes, at: 28, count: count, from: from, into: &packets)
        case 201: readBlocks(bytes, at: 8, count: count, from: from, into: &packets)
        case 203:
            for index in 0..<count {
                if let source = bytes.bigEndian32(at: 4 + index * 4) { packets.append(.bye(from: source)) }
            }
        case 205:
            if count == 1, let about = bytes.bigEndian32(at: 8) { packets.append(.nack(from: from, about: about)) }
        case 206: if count == 1, let about = bytes.bigEndian32(at: 8) { packets.append(.pli(from: from, about: about)) }
        default: break
        }
    }

    private static func readBlocks(
        _ bytes: UnsafeRawBufferPointer, at start: Int, count: Int, from: UInt32, into packets: inout [RTCPPacket]
    ) {
        for offset in (0..<count).map({ start + $0 * 24 }) {
            guard let about = bytes.bigEndian32(at: offset), let lost = bytes.bigEndian32(at: offset + 4),
                let highest = bytes.bigEndian32(at: offset + 8), let jitter = bytes.bigEndian32(at: offset + 12),
                let last = bytes.bigEndian32(at: offset + 16), let delay = bytes.bigEndian32(at: offset + 20)
            else { return }
            // The cumulative loss is a signed number of 24 bits.
            let cumulative = Int32(bitPattern: lost << 8) >> 8
            packets.append(
                .block(
                    from: from,
                    ReportBlock(
                        about: about, fractionLost: UInt8(lost >> 24), cumulativeLost: cumulative,
                        highestSequence: highest, jitter: jitter, lastReport: last, delaySinceLast: delay)))
        }
    }
}
