internal import LabModel

/// What passes between each two ports, and which protocol it is by its first bytes.
struct TrafficWitness {
    private struct Key: Hashable {
        let transport: NetworkPacket.Transport
        let ports: Set<String>
    }

    private var order: [Key] = []
    private var flows: [Key: TrafficFlow] = [:]
    /// Packets of a flow that are looked at before it is given up as unknown.
    private static let attention: Int64 = 200
    /// More than these are not worth naming one by one.
    private static let mostFlows = 500

    mutating func add(_ packet: NetworkPacket) {
        guard packet.transport != .other else { return }
        let key = Key(transport: packet.transport, ports: [packet.sourceText, packet.destinationText])
        if flows[key] == nil {
            guard order.count < Self.mostFlows else { return }
            order.append(key)
            flows[key] = TrafficFlow(
                transport: packet.transport == .tcp ? "tcp" : "udp", first: packet.sourceText,
                second: packet.destinationText, protocol: nil, packets: 0, bytes: ByteCount(0))
        }
        flows[key]?.packets += 1
        flows[key]?.bytes.bytes += Int64(packet.payloadLength)
        guard let flow = flows[key], flow.protocol == nil, flow.packets <= Self.attention else { return }
        flows[key]?.protocol =
            packet.transport == .tcp ? FirstBytes.tcp(packet.payload) : FirstBytes.udp(packet.payload)
    }

    var report: [TrafficFlow] { order.compactMap { flows[$0] } }
}

/// Which protocol begins like this.
enum FirstBytes {
    /// The first bytes of a connection in either direction.
    static func tcp(_ bytes: UnsafeRawBufferPointer) -> String? {
        let line = String(decoding: bytes.prefix { $0 != 13 && $0 != 10 }.prefix(300), as: UTF8.self)
        if line.hasPrefix("RTSP/1.") || line.hasPrefix("RTSP/2.") || line.hasSuffix(" RTSP/1.0") { return "RTSP" }
        if line.hasSuffix(" HTTP/1.1") || line.hasSuffix(" HTTP/1.0") {
            let head = String(decoding: bytes.prefix(2000), as: UTF8.self).lowercased()
            return head.contains("\r\nupgrade: websocket\r\n") ? "WebSocket" : "HTTP"
        }
        if line.hasPrefix("PRI * HTTP/2.0") { return "HTTP/2" }
        // C0 and C1 of the handshake (Adobe's RTMP specification 1.0, section 5.2): version 3, a time, four zeros.
        if bytes.byte(at: 0) == 3, bytes.bigEndian32(at: 5) == 0 { return "RTMP" }
        // A record of a handshake (RFC 8446 section 5.1).
        if bytes.byte(at: 0) == 0x16, bytes.byte(at: 1) == 3 { return "TLS" }
        return nil
    }

    static func udp(_ bytes: UnsafeRawBufferPointer) -> String? {
        if isTransportStream(bytes) { return "MPEG-TS" }
        // A control packet of type handshake, of version 4 or 5 (draft-sharabayko-srt-01 section 3.2.1).
        if bytes.bigEndian32(at: 0) == 0x8000_0000, [4, 5].contains(bytes.bigEndian32(at: 16)) { return "SRT" }
        // A long header of version 1 (RFC 9000 section 17.2).
        if let first = bytes.byte(at: 0), first & 0xc0 == 0xc0, bytes.bigEndian32(at: 1) == 1 { return "QUIC" }
        // GRE that carries VSF's reduced overhead type (TR-06-2 section 5).
        if let type = bytes.bigEndian16(at: 2), type == 0x88b6 || type == 0xcce0 { return "RIST main profile" }
        return realTime(bytes)
    }

    /// RFC 3550 sections 5.1 and 6.4, RFC 5761 section 4.
    private static func realTime(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard let first = bytes.byte(at: 0), first >> 6 == 2, let second = bytes.byte(at: 1) else { return nil }
        if (200...207).contains(second) {
            let words = bytes.bigEndian16(at: 2).map(Int.init) ?? .max
            return (words + 1) * 4 <= bytes.count ? "RTCP" : nil
        }
        guard bytes.count > 12 else { return nil }
        let type = second & 0x7f
        let payload = bytes.part(from: 12 + 4 * Int(first & 0x0f))
        if type == 33 { return isTransportStream(payload) ? "RTP with MPEG-TS" : nil }
        return type >= 96 || type <= 34 ? "RTP" : nil
    }

    /// Packets of 188 bytes in a row (ISO/IEC 13818-1 section 2.4.3.2).
    private static func isTransportStream(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 188 && bytes.count.isMultiple(of: 188)
            && stride(from: 0, to: bytes.count, by: 188).allSatisfy { bytes[$0] == 0x47 }
    }
}
