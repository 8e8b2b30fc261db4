internal import LabModel

/// Finds MPEG-TS straight in UDP among the packets of any capture.
struct TransportStreamFinder {
    private var monitors: [FlowKey: TransportStreamMonitor] = [:]
    /// More flows than this are no streams.
    private static let most = 64

    mutating func add(_ packet: borrowing NetworkPacket, at time: Timestamp) {
        let payload = packet.payload
        guard packet.transport == .udp, packet.fragment == nil, payload.count >= TransportPacket.size,
            payload.count % TransportPacket.size == 0
        else { return }
        let key = FlowKey(packet, ssrc: 0)
        guard monitors[key] == nil else {
            monitors[key]?.add(payload, at: time)
            return
        }
        let isSynchronous = stride(from: 0, to: payload.count, by: TransportPacket.size)
            .allSatisfy { payload[$0] == TransportPacket.sync }
        guard isSynchronous, monitors.count < Self.most else { return }
        var monitor = TransportStreamMonitor(
            source: packet.sourceText, destination: packet.destinationText, start: time)
        monitor.add(payload, at: time)
        monitors[key] = monitor
    }

    /// In the order of their addresses; it is spent.
    mutating func finish() -> [TransportStreamReport] {
        monitors.keys.compactMap { monitors[$0]?.finish() }
            .sorted { ($0.source, $0.destination) < ($1.source, $1.destination) }
    }
}
