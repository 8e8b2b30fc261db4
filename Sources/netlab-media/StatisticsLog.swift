internal import LabModel
internal import LinuxKit
internal import Media
internal import RunStore

/// Asks a library for its figures at equal intervals and writes them down, on a thread of its own.
final class StatisticsLog<Sample: Codable & Sendable>: Sendable {
    private let lines: LineWriter<Sample>
    private let sample: @Sendable (Timestamp) -> Sample?
    private let isOver = Condition(false)
    private let thread = Condition<Thread?>(nil)
    private let failure = Condition<RunStoreError?>(nil)

    /// - Parameters:
    ///   - path: of the file.
    ///   - sample: gives nil where there is nothing to tell.
    init(_ path: String, _ sample: @escaping @Sendable (Timestamp) -> Sample?) throws {
        lines = try LineWriter(path)
        self.sample = sample
    }

    func start(every interval: TimeSpan = .milliseconds(200)) throws(Errno) {
        let started = try Thread.run(named: "statistics") { [self] in
            var next = Clock.monotonic()
            repeat {
                take()
                next += interval.nanoseconds
            } while isOver.wait(untilMonotonic: next, { $0 ? true : nil }) == nil
        }
        thread.change { $0 = started }
    }

    /// Takes the last sample; what could not be written is said now.
    func finish() {
        isOver.change { $0 = true }
        guard let thread = thread.look({ $0 }) else { return }
        thread.join()
        take()
        if let failure = failure.look({ $0 }) { Warning.write("\(failure)") }
    }

    private func take() {
        guard let sample = sample(Timestamp(nanoseconds: Clock.realtime())) else { return }
        do throws(RunStoreError) {
            try lines.append(sample)
        } catch {
            failure.change { $0 = error }
        }
    }
}
