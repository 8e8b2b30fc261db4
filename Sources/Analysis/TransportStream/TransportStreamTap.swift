internal import LabModel

/// Takes the media's transport stream out of both captures of a run, as it was on the wire: at each end in the order of
/// the capture there.
struct TransportStreamTap {
    private var format: any DatagramFormat
    private let port: UInt16
    private var monitors: [CaptureFacts.Point: TransportStreamMonitor] = [:]
    /// A datagram came in fragments, so that its packets are not all seen.
    private(set) var hasFragments = false

    /// `nil` for a protocol that carries none, or repairs what the link loses: what passes is then not what comes out.
    init?(_ protocol: StreamProtocol) {
        guard [.udpTS, .rtpTS].contains(`protocol`) else { return nil }
        format = `protocol`.datagramFormat
        port = `protocol`.port
    }

    /// Adds a packet of the downlink.
    mutating func add(_ packet: borrowing NetworkPacket, at time: Timestamp, _ point: CaptureFacts.Point) {
        if packet.fragment != nil { hasFragments = true }
        guard packet.transport == .udp, packet.destinationPort == port, packet.fragment == nil else { return }
        let reading = format.read(packet.payload, length: packet.payloadLength)
        guard reading.use == .media else { return }
        if monitors[point] == nil {
            monitors[point] = TransportStreamMonitor(
                source: packet.sourceText, destination: packet.destinationText, point: point, start: time)
        }
        monitors[point]?.add(packet.payload.part(from: reading.header), at: time)
    }

    /// Of the sender's capture and of the receiver's, as far as there is one; it is spent.
    mutating func finish() -> [TransportStreamReport] {
        guard !hasFragments else { return [] }
        return CaptureFacts.Point.allCases.compactMap { monitors[$0]?.finish() }
    }
}
