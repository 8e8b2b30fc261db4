internal import LabModel

/// The IP packet of a captured frame, lent like the frame itself.
struct NetworkPacket {
    enum Transport: Equatable { case udp, tcp, other }

    var source: IPAddress
    var destination: IPAddress
    var transport = Transport.other
    var sourcePort: UInt16 = 0
    var destinationPort: UInt16 = 0
    /// The IP packet as far as it was captured.
    var network: UnsafeRawBufferPointer
    /// What follows the transport header, as far as it was captured.
    var payload = UnsafeRawBufferPointer(start: nil, count: 0)
    /// How long the payload was on the wire.
    var payloadLength = 0
    /// What TCP's header says, where it was captured whole.
    private(set) var segment: TCPSegment?
    /// Only the first of several fragments has a transport header, and its payload is not all there.
    var fragment: Fragment?

    /// It came as fragments, or within a stream of bytes, and was put together.
    private(set) var isJoined = false

    /// What a fragment says of the packet that it is a part of (RFC 791 section 3.1, RFC 8200 section 4.5).
    struct Fragment {
        var identification: UInt32
        /// IP's number of what the whole packet carries.
        var kind: UInt8
        /// Where its part of the payload begins.
        var offset: Int
        var isLast: Bool
        /// Its part, as far as it was captured.
        var part: UnsafeRawBufferPointer
        /// How long the part was on the wire.
        var length: Int
    }

    /// Reads the headers of `frame`; `nil` where it holds no whole IP header.
    init?(_ frame: borrowing CapturedFrame) {
        guard let start = Self.networkOffset(frame.bytes, link: frame.link) else { return nil }
        let network = frame.bytes.part(from: start)
        switch network.byte(at: 0).map({ $0 >> 4 }) {
        case 4: self.init(version4: network, wireLength: frame.length - start)
        case 6: self.init(version6: network, wireLength: frame.length - start)
        default: return nil
        }
    }

    /// What came as fragments: their payloads in a row.
    init(_ kind: UInt8, from source: IPAddress, to destination: IPAddress, joined payload: UnsafeRawBufferPointer) {
        self.source = source
        self.destination = destination
        network = payload
        isJoined = true
        readTransport(kind, at: 0, length: payload.count)
    }

    /// A datagram that came within a connection, of which `packet` held the last.
    init(_ datagram: UnsafeRawBufferPointer, carriedBy packet: borrowing NetworkPacket) {
        source = packet.source
        destination = packet.destination
        (sourcePort, destinationPort) = (packet.sourcePort, packet.destinationPort)
        network = datagram
        transport = .udp
        payload = datagram
        payloadLength = datagram.count
        isJoined = true
    }

    private init?(version4 bytes: UnsafeRawBufferPointer, wireLength: Int) {
        guard bytes.count >= 20, let first = bytes.byte(at: 0), let total = bytes.bigEndian16(at: 2),
            let place = bytes.bigEndian16(at: 6), let from = bytes.bigEndian32(at: 12),
            let to = bytes.bigEndian32(at: 16)
        else { return nil }
        let header = Int(first & 0x0f) * 4
        // A captured offload has total length 0: then the frame's own length counts.
        let length = total == 0 ? wireLength : Int(total)
        guard header >= 20, length >= header else { return nil }
        source = IPAddress(version4: from)
        destination = IPAddress(version4: to)
        network = bytes.part(from: 0, length: length)
        if place & 0x3fff != 0 {
            fragment = Fragment(
                identification: UInt32(bytes.bigEndian16(at: 4) ?? 0), kind: bytes[9],
                offset: Int(place & 0x1fff) * 8, isLast: place & 0x2000 == 0, part: network.part(from: header),
                length: length - header)
        }
        if place & 0x1fff == 0 { readTransport(bytes[9], at: header, length: length - header) }
    }

    private init?(version6 bytes: UnsafeRawBufferPointer, wireLength: Int) {
        guard let payloadLength = bytes.bigEndian16(at: 4), let next = bytes.byte(at: 6),
            let sourceHigh = bytes.bigEndian64(at: 8), let sourceLow = bytes.bigEndian64(at: 16),
            let destinationHigh = bytes.bigEndian64(at: 24), let destinationLow = bytes.bigEndian64(at: 32)
        else { return nil }
        let length = payloadLength == 0 ? wireLength : Int(payloadLength) + 40
        guard length >= 40 else { return nil }
        source = IPAddress(version6: sourceHigh, sourceLow)
        destination = IPAddress(version6: destinationHigh, destinationLow)
        network = bytes.part(from: 0, length: length)
        readExtensions(next, length: length)
    }

    /// Walks RFC 8200's extension headers to the transport header.
    private mutating func readExtensions(_ first: UInt8, length: Int) {
        var next = first
        var offset = 40
        // A packet with more extension headers than this is not worth following.
        for _ in 0..<8 {
            switch next {
            case 0, 43, 60:
                guard let following = network.byte(at: offset), let size = network.byte(at: offset + 1) else { return }
                next = following
                offset += (Int(size) + 1) * 8
            case 44:
                guard let following = network.byte(at: offset), let place = network.bigEndian16(at: offset + 2),
                    let identification = network.bigEndian32(at: offset + 4)
                else { return }
                next = following
                offset += 8
                // All of a packet may come as a fragment (RFC 6946).
                if place & 0xfff9 == 0 { continue }
                fragment = Fragment(
                    identification: identification, kind: next, offset: Int(place & 0xfff8),
                    isLast: place & 1 == 0, part: network.part(from: offset), length: length - offset)
                if place & 0xfff8 != 0 { return }
            default:
                readTransport(next, at: offset, length: length - offset)
                return
            }
        }
    }

    private mutating func readTransport(_ kind: UInt8, at offset: Int, length: Int) {
        guard kind == 17 || kind == 6, let from = network.bigEndian16(at: offset),
            let to = network.bigEndian16(at: offset + 2)
        else { return }
        sourcePort = from
        destinationPort = to
        if kind == 6 {
            transport = .tcp
            segment = TCPSegment(network.part(from: offset))
            guard let segment, length >= segment.header else { return }
            payloadLength = length - segment.header
            payload = network.part(from: offset + segment.header, length: payloadLength)
        } else if let size = network.bigEndian16(at: offset + 4), size >= 8 || size == 0, length >= 8 {
            transport = .udp
            payloadLength = (size == 0 ? length : min(Int(size), length)) - 8
            payload = network.part(from: offset + 8, length: payloadLength)
        }
    }
}

extension NetworkPacket {
    /// Address and port, such as `192.0.2.1:5004` or `[2001:db8::1]:5004`.
    var sourceText: String { Self.text(source, sourcePort) }

    var destinationText: String { Self.text(destination, destinationPort) }

    private static func text(_ address: IPAddress, _ port: UInt16) -> String {
        address.isVersion6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    /// Where the IP header begins; `nil` for another protocol.
    private static func networkOffset(_ bytes: UnsafeRawBufferPointer, link: LinkLayer) -> Int? {
        switch link {
        case .ethernet: afterTags(bytes, typeAt: 12)
        case .cooked: afterTags(bytes, typeAt: 14)
        case .cooked2: isIP(bytes.bigEndian16(at: 0)) ? 20 : nil
        case .rawIP: 0
        case .loopback: 4
        case .other: nil
        }
    }

    /// Skips 802.1Q and 802.1ad tags.
    private static func afterTags(_ bytes: UnsafeRawBufferPointer, typeAt first: Int) -> Int? {
        var offset = first
        for _ in 0..<4 {
            let type = bytes.bigEndian16(at: offset)
            if isIP(type) { return offset + 2 }
            guard type == 0x8100 || type == 0x88a8 || type == 0x9100 else { return nil }
            offset += 4
        }
        return nil
    }

    private static func isIP(_ type: UInt16?) -> Bool { type == 0x0800 || type == 0x86dd }
}
