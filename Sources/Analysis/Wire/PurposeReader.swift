internal import LabModel

/// Tells what each packet of the media's direction is for.
struct PurposeReader {
    private var format: any DatagramFormat
    private let carriesTransportStream: Bool
    /// Whether TCP carries media, or only talks about it.
    private let segmentsAreMedia: Bool
    private var segments = SegmentHistory()

    init(_ pipeline: PipelinePlan) {
        format = pipeline.protocol.datagramFormat
        carriesTransportStream = pipeline.carriesTransportStream
        segmentsAreMedia = pipeline.protocol != .rtsp || pipeline.rtsp.transport == .tcp
    }

    /// - Parameter size: of the frame, Ethernet header included.
    mutating func purpose(of packet: borrowing NetworkPacket, size: Int) -> PacketPurpose {
        if let fragment = packet.fragment {
            // What is in it cannot be told before all of it is there.
            return PacketPurpose(
                use: .media, headers: size - fragment.length, stuffing: carriesTransportStream ? nil : 0)
        }
        switch packet.transport {
        case .tcp: return segmentPurpose(of: packet, size: size)
        case .udp: return datagramPurpose(of: packet, size: size)
        case .other: return PacketPurpose(use: .control)
        }
    }

    private mutating func segmentPurpose(of packet: borrowing NetworkPacket, size: Int) -> PacketPurpose {
        guard let segment = packet.segment else { return PacketPurpose(use: .control) }
        let repeated = segments.add(segment, of: packet)
        guard packet.payloadLength > 0, segmentsAreMedia else { return PacketPurpose(use: .control) }
        if repeated == packet.payloadLength { return PacketPurpose(use: .retransmission) }
        return PacketPurpose(
            use: .media, headers: size - packet.payloadLength, repeated: repeated,
            stuffing: carriesTransportStream ? nil : 0)
    }

    private mutating func datagramPurpose(of packet: borrowing NetworkPacket, size: Int) -> PacketPurpose {
        let reading = format.read(packet.payload, length: packet.payloadLength)
        guard reading.use == .media else { return PacketPurpose(use: reading.use) }
        let carried = packet.payload.part(from: reading.header)
        return PacketPurpose(
            use: .media, headers: size - packet.payloadLength + reading.header,
            stuffing: carriesTransportStream ? TransportPacket.stuffing(in: carried) : 0)
    }
}

extension StreamProtocol {
    /// How the datagrams of this protocol are read.
    var datagramFormat: any DatagramFormat {
        switch self {
        case .udpTS: PlainFormat()
        case .srt: SRTFormat()
        case .command: ForeignFormat()
        case .rist: RISTFormat()
        default: RTPFormat()
        }
    }
}
