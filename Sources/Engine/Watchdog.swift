internal import Glibc
internal import LabModel
internal import LinuxKit

/// Watches a stay inside an engine from outside, and ends one that makes no progress.
///
/// Progress is what counts, not how long it takes: time that passes inside, or lines that are printed there. It counts
/// its own looks and not the clock, so that a machine that slept or a job that was stopped meanwhile costs nothing.
final class Watchdog: Sendable {
    private struct State {
        var isOver = false
        var stall: Stall?
    }

    /// What ends a process that nothing inside could: the embedded kernel takes it for an error of that process.
    static let lastSignal = SIGFPE

    private static let second: Int64 = 1_000_000_000
    /// Between two looks: even on a very busy machine the kernel runs meanwhile.
    private static let lookInterval = 2 * second
    /// How long the inner side may take to look, and then to end by itself.
    private static let answerTime = 5 * second
    private static let grace = 20 * second

    private let state = Condition(State())
    private let start: EngineStart
    private let child: ChildProcess
    private let control: ControlLine
    private let limit: TimeSpan

    /// Begins to watch; nil where the stay has no limit.
    static func start(over start: EngineStart, _ child: ChildProcess, _ control: ControlLine) -> Watchdog? {
        guard let limit = start.run.stallLimit else { return nil }
        let watchdog = Watchdog(start, child, control, limit)
        // Without memory for a thread the stay goes on unwatched.
        _ = try? Thread.run(named: "watchdog") { watchdog.watch() }
        return watchdog
    }

    private init(_ start: EngineStart, _ child: ChildProcess, _ control: ControlLine, _ limit: TimeSpan) {
        self.start = start
        self.child = child
        self.control = control
        self.limit = limit
    }

    /// The stay has ended: why this ended it, where it did.
    func finish() -> Stall? {
        state.change { state in
            state.isOver = true
            return state.stall
        }
    }

    private func watch() {
        guard let kind = awaitStall() else { return }
        state.change { if !$0.isOver { $0.stall = Stall(kind: kind, limit: limit) } }
        if kind != .neverStarted, hasInnerSideEnd(kind), pause(Self.grace) { return }
        child.signal(SIGKILL)
    }

    /// Returns when the stay is stuck; nil where it ended before.
    private func awaitStall() -> Stall.Kind? {
        var last = progress()
        var idle: Int64 = 0
        while !pause(Self.second) {
            let now = progress()
            idle = now == last ? idle + Self.second : 0
            last = now
            if let longest = start.run.longestStay, let passed = now.passed, passed > longest {
                return .ranOn(longest: longest)
            }
            if idle >= limit.nanoseconds { return now.passed.map { .stoodStill(at: $0) } ?? .neverStarted }
        }
        return nil
    }

    private struct Progress: Equatable {
        let passed: TimeSpan?
        let printed: Int64?
    }

    private func progress() -> Progress {
        Progress(passed: Pulse.read(start.scratch.pulse), printed: try? File.size(start.scratch.output))
    }

    /// Asks the inner side to look at what runs and to end; false where it does not answer.
    private func hasInnerSideEnd(_ kind: Stall.Kind) -> Bool {
        control.send(.look)
        guard awaitFindings() else {
            endBusyProcess()
            return awaitFindings()
        }
        if pause(Self.lookInterval) { return true }
        control.send(.look)
        if case .stoodStill = kind { control.send(.free) }
        control.send(.stop)
        return true
    }

    private func awaitFindings() -> Bool {
        let deadline = Clock.monotonic() + Self.answerTime
        while Clock.monotonic() < deadline, !pause(Self.second / 10) {
            if File.exists(start.scratch.findings) { return true }
        }
        return false
    }

    /// A process that makes no system call keeps a kernel in virtual time from all else. Seen from outside it is one of
    /// the kernel's children; without it the inner side hears what it was told.
    private func endBusyProcess() {
        control.send(.look)
        control.send(.stop)
        let before = start.run.kind == .host ? [] : ProcessTask.children(of: child.pid)
        if before.isEmpty || pause(Self.lookInterval) { return }
        for task in ProcessTask.children(of: child.pid) where task.state == "R" {
            if before.contains(where: { $0.id == task.id && $0.ticks < task.ticks }) { kill(task.id, Self.lastSignal) }
        }
    }

    /// Sleeps so long (ns); true where the stay ends meanwhile.
    private func pause(_ duration: Int64) -> Bool {
        state.wait(untilMonotonic: Clock.monotonic() + duration) { $0.isOver ? true : nil } ?? false
    }
}
