internal import LabModel
internal import LinuxKit
internal import Media
internal import RIST
internal import RunStore

/// MPEG-TS in a RIST session.
final class RISTCarrier: DatagramCarrier {
    private let session: RISTSession
    private let buffer: TimeSpan

    /// - Parameter log: the file that its statistics go to.
    init(to point: RISTPoint, seed: UInt64, log: String) throws {
        let flow = StreamIdentity.draw(seed: seed, count: 1)[0].ssrc
        session = try .sender(to: point, flow: flow, statistics: try RISTLog(log).add)
        buffer = point.buffer
    }

    /// A receiver takes the first packets of a flow to learn where it begins, and gives them to nobody: null packets,
    /// not media.
    func connect() throws {
        try session.awaitPeer()
        sendNullPackets()
    }

    func send(_ datagrams: [[UInt8]]) throws -> Int {
        try sendEach(datagrams, session.send)
    }

    /// A receiver notices that a packet is missing by the next one: so null packets follow the last of the media, and
    /// the sender stays for as long as it may be asked for it.
    func finish() {
        sendNullPackets()
        Clock.sleep(for: (buffer + Self.afterglow).nanoseconds)
    }

    private func sendNullPackets() {
        for _ in 0..<Self.nullPackets {
            try? session.send(NullPacket.bytes)
            Clock.sleep(for: Self.gap.nanoseconds)
        }
    }

    private static let nullPackets = 10
    private static let gap = TimeSpan.milliseconds(10)
    /// librist tells its figures each 200 ms.
    private static let afterglow = TimeSpan.milliseconds(500)
}

/// What a RIST session gives out, each when it was held back long enough.
final class RISTSource: DatagramSource {
    private let session: RISTSession

    init(at point: RISTPoint, log: String) throws {
        session = try .receiver(at: point, statistics: try RISTLog(log).add)
    }

    /// What librist drops is in its statistics.
    var drops: Int64 { 0 }

    func connect() throws { try session.awaitPeer() }

    func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)] {
        let patience = TimeSpan(nanoseconds: max(deadline - Clock.monotonic(), 0))
        return try session.receive(patience: patience).map { [($0, Clock.realtime())] } ?? []
    }
}

/// Writes down what librist tells.
private final class RISTLog: Sendable {
    private let lines: LineWriter<RISTSample>

    init(_ path: String) throws {
        lines = try LineWriter(path)
    }

    func add(_ json: String) {
        guard let sample = RISTSample(json: json, at: Timestamp(nanoseconds: Clock.realtime())) else { return }
        do throws(RunStoreError) {
            try lines.append(sample)
        } catch {
            Warning.write("\(error)")
        }
    }
}
