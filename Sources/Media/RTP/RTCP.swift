internal import LabModel

/// The RTCP packets that netlab's ends exchange (RFC 3550 section 6).
enum RTCP {
    /// Reports go once a second. That is above the reduced minimum of section 6.2 (360 s / session bandwidth in
    /// kbit/s) from 360 kbit/s on, and 5 % of the bandwidth, its upper bound for two members with packets of some 90
    /// bytes, from 30 kbit/s on. Its random spread is left out: two members cannot fall into step with a crowd, and a
    /// run repeats.
    static let interval: Int64 = 1_000_000_000

    private static let senderReport: UInt8 = 200
    private static let receiverReport: UInt8 = 201
    private static let description: UInt8 = 202
    private static let goodbye: UInt8 = 203

    /// Whether the second byte of a packet says that it is RTCP.
    static func isType(_ byte: UInt8) -> Bool { PacketMatch.Content.controlTypes.contains(byte) }

    struct SenderReport: Hashable {
        var ssrc: UInt32
        /// Seconds since 1900 in 32.32 fixed point.
        var ntp: UInt64
        var timestamp: UInt32
        var packets: UInt32
        var octets: UInt32
    }

    /// What a receiver says of one source.
    struct ReportBlock: Hashable {
        var ssrc: UInt32
        /// Of the packets since the last report, in 256ths.
        var fractionLost: UInt8
        var cumulativeLost: Int32
        var highestSequence: UInt32
        /// In units of the RTP clock.
        var jitter: UInt32
        /// The middle 32 bits of the last sender report's time, and 1/65536 s since it came; 0 where none did.
        var lastReport: UInt32
        var sinceLastReport: UInt32
    }

    enum Part: Hashable {
        case senderReport(SenderReport)
        case receiverReport(ssrc: UInt32, [ReportBlock])
        case goodbye([UInt32])
        case other(type: UInt8)
    }

    /// A realtime clock's nanoseconds as NTP time.
    static func ntp(_ nanoseconds: Int64) -> UInt64 {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        // 70 years with 17 leap days lie between the epochs.
        return UInt64(seconds + 2_208_988_800) << 32 | UInt64(rest) << 32 / 1_000_000_000
    }

    static func bytes(_ report: SenderReport, name: String) -> [UInt8] {
        let body = report.ssrc.bytes + report.ntp.bytes + report.timestamp.bytes + report.packets.bytes
        return packet(senderReport, count: 0, body + report.octets.bytes) + named(report.ssrc, name)
    }

    static func bytes(from ssrc: UInt32, _ block: ReportBlock, name: String) -> [UInt8] {
        let lost = UInt32(bitPattern: max(-0x80_0000, min(0x7F_FFFF, block.cumulativeLost))) & 0xFF_FFFF
        let losses = UInt32(block.fractionLost) << 24 | lost
        let body = block.ssrc.bytes + losses.bytes + block.highestSequence.bytes + block.jitter.bytes
        let times = block.lastReport.bytes + block.sinceLastReport.bytes
        return packet(receiverReport, count: 1, ssrc.bytes + body + times) + named(ssrc, name)
    }

    static func goodbye(_ ssrc: UInt32) -> [UInt8] {
        packet(goodbye, count: 1, ssrc.bytes)
    }

    /// The parts of a compound packet, up to the first that does not fit.
    static func parse(_ bytes: [UInt8]) -> [Part] {
        var parts: [Part] = []
        var rest = bytes[...]
        while rest.count >= 4, let first = rest.first, first >> 6 == 2 {
            let start = rest.startIndex
            let size = (Int(rest[start + 2]) << 8 | Int(rest[start + 3])) * 4 + 4
            guard size <= rest.count else { break }
            let body = Array(rest[(start + 4)..<(start + size)])
            guard let part = part(rest[start + 1], count: Int(first & 0x1F), body) else { break }
            parts.append(part)
            rest = rest.dropFirst(size)
        }
        return parts
    }

    private static func part(_ type: UInt8, count: Int, _ body: [UInt8]) -> Part? {
        var reader = ByteReader(body)
        switch type {
        case senderReport:
            guard let ssrc = reader.uint32(), let high = reader.uint32(), let low = reader.uint32(),
                let timestamp = reader.uint32(), let packets = reader.uint32(), let octets = reader.uint32()
            else { return nil }
            return .senderReport(
                SenderReport(
                    ssrc: ssrc, ntp: UInt64(high) << 32 | UInt64(low), timestamp: timestamp, packets: packets,
                    octets: octets))
        case receiverReport:
            guard let ssrc = reader.uint32() else { return nil }
            return .receiverReport(ssrc: ssrc, (0..<count).compactMap { _ in block(&reader) })
        case goodbye: return .goodbye((0..<count).compactMap { _ in reader.uint32() })
        default: return .other(type: type)
        }
    }

    private static func block(_ reader: inout ByteReader<[UInt8]>) -> ReportBlock? {
        guard let ssrc = reader.uint32(), let losses = reader.uint32(), let highest = reader.uint32(),
            let jitter = reader.uint32(), let last = reader.uint32(), let since = reader.uint32()
        else { return nil }
        return ReportBlock(
            ssrc: ssrc, fractionLost: UInt8(losses >> 24), cumulativeLost: Int32(bitPattern: losses << 8) >> 8,
            highestSequence: highest, jitter: jitter, lastReport: last, sinceLastReport: since)
    }

    /// A source description with its canonical name, which every compound packet carries.
    private static func named(_ ssrc: UInt32, _ name: String) -> [UInt8] {
        var chunk = ssrc.bytes + [1, UInt8(clamping: name.utf8.count)] + name.utf8.prefix(255) + [0]
        while chunk.count % 4 != 0 { chunk.append(0) }
        return packet(description, count: 1, chunk)
    }

    private static func packet(_ type: UInt8, count: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0x80 | count, type] + UInt16(body.count / 4).bytes + body
    }
}
