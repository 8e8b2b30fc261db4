internal import LabModel
internal import LinuxKit
internal import Media
internal import SRT

/// MPEG-TS in the messages of an SRT connection.
final class SRTCarrier: DatagramCarrier {
    private let end: SRTEnd

    init(_ end: SRTEnd) {
        self.end = end
    }

    func connect() throws { try end.connect() }

    func send(_ datagrams: [[UInt8]]) throws -> Int {
        guard let socket = end.socket else { return 0 }
        return try sendEach(datagrams, socket.send)
    }

    /// The receiver throws away what it holds back when it hears that the sender leaves: so it hears of it when the
    /// last packet has been acknowledged, or given up, and its time has come.
    func finish() {
        guard let socket = end.socket else { return }
        let figures = socket.statistics(at: Timestamp(nanoseconds: Clock.realtime()))
        let latency = figures?.latency ?? .zero
        let deadline = Clock.monotonic() + (latency + Self.longestRepair).nanoseconds
        let patience = (figures?.roundTrip ?? .zero) + Self.acknowledging
        while isAwaited(by: socket, untilMonotonic: min(deadline, Clock.monotonic() + patience.nanoseconds)),
            Clock.monotonic() < deadline
        {
            // That a packet is missing a receiver notices by the next one, which the last of the media has not.
            try? socket.send(NullPacket.bytes)
        }
        if socket.unacknowledged != nil { Clock.sleep(for: (latency + Self.afterglow).nanoseconds) }
        end.close()
    }

    /// Whether an acknowledgement is still awaited at `deadline` (monotonic, ns).
    private func isAwaited(by socket: SRTSocket, untilMonotonic deadline: Int64) -> Bool {
        while let waiting = socket.unacknowledged, waiting > 0 {
            if Clock.monotonic() >= deadline { return true }
            Clock.sleep(for: Self.glance.nanoseconds)
        }
        return false
    }

    /// A sender gives up what is older than the latency, but keeps it for a second at least.
    private static let longestRepair = TimeSpan.seconds(2)
    /// A receiver acknowledges each 10 ms.
    private static let acknowledging = TimeSpan.milliseconds(30)
    private static let glance = TimeSpan.milliseconds(10)
    /// Both ends take another sample meanwhile, of figures that do not change any more.
    private static let afterglow = TimeSpan.milliseconds(300)
}

/// The messages of an SRT connection, each when its time has come.
final class SRTSource: DatagramSource {
    private let end: SRTEnd
    private(set) var hasEnded = false

    init(_ end: SRTEnd) {
        self.end = end
    }

    /// What the receiver's library drops is in its statistics.
    var drops: Int64 { 0 }

    func connect() throws { try end.connect() }

    func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)] {
        guard let socket = end.socket else { return [] }
        switch try socket.receive(patience: TimeSpan(nanoseconds: deadline - Clock.monotonic())) {
        case .message(let bytes): return [(bytes, Clock.realtime())]
        case .silence: return []
        case .end:
            hasEnded = true
            return []
        }
    }

    func finish() { end.close() }
}
