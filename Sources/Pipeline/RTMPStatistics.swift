internal import Lab
internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Writes down what the RTMP server says of itself while the stream runs: a part of the stream that is a thread.
final class RTMPStatistics: StreamPart {
    let role = StreamRole(kind: .server, name: "statistics")
    private static let interval = TimeSpan.milliseconds(500)
    /// After the stream's start: no frame of a usual rate is due at such a moment.
    private static let offset = TimeSpan.milliseconds(7)

    private let isStopping = Condition(false)
    private let server: LabHost
    private let samples: LineWriter<RTMPSample>
    private let thread = Mutex<Thread?>(nil)

    init(_ server: LabHost, samples path: String) throws {
        self.server = server
        samples = try LineWriter(path)
    }

    func begin(_ clock: StreamClock) {
        thread.withLock { $0 = try? Thread.run(named: "rtmp-stat") { [self] in run(clock) } }
    }

    func askToEnd() { isStopping.change { $0 = true } }

    func stop(grace: TimeSpan) {
        askToEnd()
        thread.withLock { $0?.join() }
    }

    /// No process.
    var exit: WorkerExit? { nil }

    private func run(_ clock: StreamClock) {
        var moment = Self.offset
        while isStopping.wait(untilMonotonic: clock.deadline(moment), { $0 ? true : nil }) == nil {
            let time = Timestamp(nanoseconds: Clock.realtime())
            if let status = NginxStatus.read(from: server.address, in: server.namespace) {
                let sample = RTMPSample(
                    time: time, received: status.received, sent: status.sent, players: status.players,
                    dropped: status.dropped)
                if (try? samples.append(sample)) == nil { return }
            }
            moment = moment + Self.interval
        }
    }
}
