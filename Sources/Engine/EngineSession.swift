internal import Glibc
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// An engine under way, seen from outside. When this process ends, however it ends, the kernel ends the engine.
package final class EngineSession: Sendable {
    private let start: EngineStart
    private let child: ChildProcess
    private let followers: [FileFollower]
    private let control: ControlLine
    private let input: InputSpool
    private let watchdog: Watchdog?
    private let wasKilled = Mutex(false)

    /// Starts an engine. `onLine` gets each line that the inner side prints, as it happens, on a thread of its own.
    package static func start(
        _ run: EngineRun, installation: Installation, kernel: Kernel?,
        onLine: @escaping @Sendable (String) -> Void
    ) throws(EngineError) -> EngineSession {
        try start(run, installation: installation, kernel: kernel, output: .lines(onLine))
    }

    /// Starts an engine whose inner side is heard by `output`, and what it writes to standard error by `errors`.
    package static func start(
        _ run: EngineRun, installation: Installation, kernel: Kernel?, output: EngineListener,
        errors: EngineListener? = nil
    ) throws(EngineError) -> EngineSession {
        let run = try prepared(run)
        let scratch = try naming { () throws(SystemCallError) in try EngineScratch.make(in: run.writable) }
        do throws(EngineError) {
            return try EngineStart(run: run, scratch: scratch, installation: installation, kernel: kernel)
                .session(output, errors)
        } catch {
            scratch.remove()
            throw error
        }
    }

    /// Asks the inner side to end cleanly and to write what it has.
    package func requestStop() {
        control.send(.stop)
    }

    /// Gives the inner side a piece of input, waiting while it has enough of it; false where it has ended.
    package func feed(_ piece: InputPiece) -> Bool {
        input.put(piece) { child.end != nil }
    }

    /// Ends everything inside at once.
    package func kill() {
        wasKilled.withLock { $0 = true }
        child.signal(SIGKILL)
    }

    /// Waits for the end, and removes the engine's scratch folder.
    package func wait() throws(EngineError) -> EngineOutcome {
        let status = child.wait()
        let stall = watchdog?.finish()
        for follower in followers { follower.finish() }
        let scratch = start.scratch
        defer { scratch.remove() }
        if let stall { throw error(of: stall) }
        if let code = try? File.readText(scratch.status), let number = Int32(code) {
            return EngineOutcome(code: number)
        }
        if let reason = try? File.readText(scratch.failure) { throw .preparation(reason) }
        if wasKilled.withLock({ $0 }) { throw .interrupted }
        throw EngineAutopsy(kind: start.run.kind, log: start.log, status: status).error
    }

    private func error(of stall: Stall) -> EngineError {
        var stall = stall
        let findings = Findings.lines(start.scratch.findings)
        stall.culprits = findings.first
        // Without findings the logs may tell more.
        let logs = findings.isEmpty ? [start.log.console, start.log.errors] : []
        return .stuck(stall, lastLines: findings.dropFirst() + logs.flatMap { EngineLog.lastLines($0) })
    }

    init(_ start: EngineStart, _ child: ChildProcess, _ followers: [FileFollower]) {
        self.start = start
        self.child = child
        self.followers = followers
        control = ControlLine(child.takeInput())
        input = InputSpool(start.scratch, control)
        watchdog = Watchdog.start(over: start, child, control)
    }

    /// Paths from the root, since the inner side starts there; and the folders that have to exist.
    private static func prepared(_ run: EngineRun) throws(EngineError) -> EngineRun {
        try naming { () throws(SystemCallError) in
            var run = run
            try Directory.make(run.writable)
            run.writable = try Directory.resolve(run.writable)
            if let logs = run.logs {
                try Directory.make(logs)
                run.logs = try Directory.resolve(logs)
            }
            if run.directory == nil { run.directory = try Directory.current() }
            run.environment["TMPDIR"] = nil
            return run
        }
    }

    static func naming<R>(_ body: () throws(SystemCallError) -> R) throws(EngineError) -> R {
        do throws(SystemCallError) {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}

/// How a stay inside an engine ended.
package struct EngineOutcome: Sendable, Hashable {
    /// The inner command's exit code, 0...255.
    package let code: Int32
}
