internal import Lab
internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Writes down the state of the TCP connections across the link while the stream runs, on a thread of its own. The
/// programs at the connections' ends have no part in it.
final class TCPSampler: Sendable {
    private static let interval = TimeSpan.milliseconds(100)
    /// After the stream's start: no frame of a usual rate is due at such a moment.
    private static let offset = TimeSpan.milliseconds(3)

    private struct State {
        var isStopping = false
        var failure: String?
    }

    private let state = Condition(State())
    private let watch: ConnectionWatch
    private let samples: LineWriter<TCPSample>
    private let thread = Mutex<Thread?>(nil)

    static func start(_ lab: Lab, _ clock: StreamClock, samples path: String) throws -> TCPSampler {
        let sampler = TCPSampler(try ConnectionWatch(lab), try LineWriter(path))
        let thread = try Thread.run(named: "tcp") { sampler.run(clock) }
        sampler.thread.withLock { $0 = thread }
        return sampler
    }

    private init(_ watch: ConnectionWatch, _ samples: LineWriter<TCPSample>) {
        self.watch = watch
        self.samples = samples
    }

    /// Ends it; why it could not go on where it could not.
    func stop() -> String? {
        state.change { $0.isStopping = true }
        thread.withLock { $0?.join() }
        return state.look { $0.failure }
    }

    private func run(_ clock: StreamClock) {
        var moment = Self.offset
        do {
            while !isStopping(before: clock.deadline(moment)) {
                let now = try watch.sample()
                if !now.isEmpty { try samples.append(now) }
                moment = moment + Self.interval
            }
        } catch {
            state.change { $0.failure = "\(error)" }
        }
    }

    private func isStopping(before deadline: Int64) -> Bool {
        state.wait(untilMonotonic: deadline) { $0.isStopping ? true : nil } ?? false
    }
}
