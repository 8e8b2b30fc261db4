internal import CLinux
internal import Glibc
internal import Synchronization

/// A process that this one started: no descriptor but its three streams, default signal actions, an empty mask.
///
/// A thread of its own starts it, waits for it and reaps it. That thread stays until the child has ended, because
/// PR_SET_PDEATHSIG follows the thread that started the child and not the process.
package final class ChildProcess: Sendable {
    /// The child's number; of use only while it runs.
    package let pid: Int32
    private let status: Condition<ExitStatus?>
    private let ends: Mutex<PipeEnds>

    /// Starts a program. A non-zero exit code of it is a result, not an error.
    package static func start(_ command: Command) throws(SpawnError) -> ChildProcess {
        let status = Condition<ExitStatus?>(nil)
        let streams = try open(command)
        let started = try ChildKeeper.start(command, streams.standard, status)
        return ChildProcess(pid: started, status: status, ends: streams.takeEnds())
    }

    private static func open(_ command: Command) throws(SpawnError) -> Streams {
        do throws(SystemCallError) {
            return try Streams.open(command)
        } catch {
            throw .resource(error)
        }
    }

    /// How it ended, where it has.
    package var exitStatus: ExitStatus? { status.look { $0 } }

    /// Waits for its end.
    @discardableResult
    package func wait() -> ExitStatus {
        status.wait { $0 } ?? .killed(by: SIGKILL)
    }

    /// Waits for its end at most `timeout` (ns); nil where it still runs then.
    package func wait(timeout: Int64) -> ExitStatus? {
        status.wait(untilMonotonic: Clock.monotonic() + timeout) { $0 }
    }

    /// Sends it a signal; false where it has ended. Never reaches another process with the same number, since the
    /// child is reaped under the same lock. Corresponds to `kill`.
    @discardableResult
    package func signal(_ signal: Int32) -> Bool {
        status.look { $0 == nil && kill(pid, signal) == 0 }
    }

    /// Sends a signal to its whole process group, which it must lead (`Command.hasOwnGroup`); false where it has ended.
    @discardableResult
    package func signalGroup(_ signal: Int32) -> Bool {
        status.look { $0 == nil && kill(-pid, signal) == 0 }
    }

    /// Ends it: SIGINT, SIGTERM after `grace` (ns), SIGKILL after as long again; waits for its end.
    @discardableResult
    package func terminate(grace: Int64) -> ExitStatus {
        for step in [SIGINT, SIGTERM] {
            signal(step)
            if let status = wait(timeout: grace) { return status }
        }
        signal(SIGKILL)
        return wait()
    }

    /// The end of the pipe to its input, once; nil where the command asked for none.
    package func takeInput() -> FileDescriptor? { ends.withLock { $0.input.take() } }

    /// The end of the pipe from its output, once; nil where the command asked for none.
    package func takeOutput() -> FileDescriptor? { ends.withLock { $0.output.take() } }

    /// The end of the pipe from its errors, once; nil where the command asked for none.
    package func takeErrors() -> FileDescriptor? { ends.withLock { $0.errors.take() } }

    private init(pid: Int32, status: Condition<ExitStatus?>, ends: consuming PipeEnds) {
        self.pid = pid
        self.status = status
        self.ends = Mutex(ends)
    }
}

/// The ends of a child's pipes that stay in this process.
struct PipeEnds: ~Copyable, Sendable {
    var input: FileDescriptor?
    var output: FileDescriptor?
    var errors: FileDescriptor?
}
