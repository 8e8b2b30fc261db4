internal import LabModel

/// Opus in RTP (RFC 7587): the packet is an Opus packet (RFC 6716 section 3).
struct OpusReader: PayloadReader {
    private var configurations = NamedCounts(64)
    private var codes = NamedCounts(4)

    /// Any byte could begin an Opus packet.
    var isCertain: Bool { false }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard let first = payload.byte(at: 0) else { return nil }
        var frames = 1
        switch first & 3 {
        case 0: break
        case 1, 2: frames = 2
        default:
            guard let count = payload.byte(at: 1), count & 0x3f > 0 else { return nil }
            frames = Int(count & 0x3f)
        }
        configurations.count(Int(first >> 2))
        codes.count(Int(first & 3))
        return PayloadMarks(begins: true, units: UInt8(frames))
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = codes.named { ["one frame", "two equal frames", "two frames", "any number of frames"][$0] }
        report.units = configurations.named { "\(Self.name($0 >> 1)), \($0 & 1 == 1 ? "stereo" : "mono")" }
    }

    /// RFC 6716 table 2.
    private static func name(_ configuration: Int) -> String {
        switch configuration {
        case 0..<12: "SILK \(["NB", "MB", "WB"][configuration / 4]) \([10, 20, 40, 60][configuration % 4]) ms"
        case 12..<16: "hybrid \(configuration < 14 ? "SWB" : "FB") \([10, 20][configuration % 2]) ms"
        default:
            "CELT \(["NB", "WB", "SWB", "FB"][(configuration - 16) / 4]) \(["2.5", "5", "10", "20"][configuration % 4]) ms"
        }
    }
}

/// AAC in RTP (RFC 3640 section 3.3.6, mode AAC-hbr: 13 bits of size, 3 of index).
struct AACReader: PayloadReader {
    private var single: Int64 = 0
    private var several: Int64 = 0
    private var fragments: Int64 = 0
    private var units: Int64 = 0

    var isCertain: Bool { single + several > 0 }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard let bits = payload.bigEndian16(at: 0), bits > 0, bits % 16 == 0 else { return nil }
        let count = Int(bits / 16)
        let sizes = (0..<count).map { Int(payload.bigEndian16(at: 2 + 2 * $0) ?? 0) >> 3 }
        let (sum, room) = (sizes.reduce(0, +), payload.count - 2 - 2 * count)
        guard sum > 0, room > 0 else { return nil }
        if sum > room {
            // One access unit over several packets.
            guard count == 1 else { return nil }
            fragments += 1
            return PayloadMarks(units: 0)
        }
        guard sum == room else { return nil }
        units += Int64(count)
        if count == 1 { single += 1 } else { several += 1 }
        return PayloadMarks(begins: true, units: UInt8(clamping: count))
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = [
            .init("one access unit", single), .init("several access units", several), .init("fragment", fragments),
        ].filter { $0.count > 0 }
        report.units = [.init("access unit", units)]
    }
}

/// MPEG-TS in RTP (RFC 2250 section 2).
struct TransportStreamReader: PayloadReader {
    private var monitor: TransportStreamMonitor
    private var packets: [Int: Int64] = [:]

    init(source: String, destination: String, start: Timestamp) {
        monitor = TransportStreamMonitor(source: source, destination: destination, start: start)
    }

    var isCertain: Bool { !packets.isEmpty }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard payload.count >= TransportPacket.size, payload.count % TransportPacket.size == 0,
            payload[0] == TransportPacket.sync
        else { return nil }
        packets[payload.count / TransportPacket.size, default: 0] += 1
        monitor.add(payload, at: time)
        return PayloadMarks(begins: true)
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = packets.sorted { $0.key < $1.key }.map { .init("\($0.key) of MPEG-TS", $0.value) }
        report.transportStream = monitor.finish()
    }
}
