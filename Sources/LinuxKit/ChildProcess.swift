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
    private let ending: Condition<End?>
    private let ends: Mutex<PipeEnds>

    /// How a child ended, and what it took.
    package struct End: Sendable {
        package let status: ExitStatus
        /// User and system time of the child and of those of its own children that it waited for (ns). Corresponds to
        /// `wait4`.
        package let processorTime: Int64
    }

    /// Starts a program. A non-zero exit code of it is a result, not an error.
    package static func start(_ command: Command) throws(SpawnError) -> ChildProcess {
        let ending = Condition<End?>(nil)
        let streams = try open(command)
        let started = try ChildKeeper.start(command, streams.standard, ending)
        return ChildProcess(pid: started, ending: ending, ends: streams.takeEnds())
    }

    /// Takes over a child that another process made for this one (`SiblingFork`), with the pipes to its input and from
    /// its output, whose ends it has by now. It does not die with this process.
    package static func adopt(
        _ pid: Int32, input: consuming FileDescriptor.Pair, output: consuming FileDescriptor.Pair
    ) throws(Errno) -> ChildProcess {
        let ending = Condition<End?>(nil)
        try ChildKeeper.adopt(pid, ending)
        return ChildProcess(pid: pid, ending: ending, ends: PipeEnds(input: input.second, output: output.first))
    }

    private static func open(_ command: Command) throws(SpawnError) -> Streams {
        do throws(SystemCallError) {
            return try Streams.open(command)
        } catch {
            throw .resource(error)
        }
    }

    /// How it ended, where it has.
    package var end: End? { ending.look { $0 } }

    /// Its exit status, where it has ended.
    package var exitStatus: ExitStatus? { end?.status }

    /// Waits for its end.
    @discardableResult
    package func wait() -> ExitStatus {
        ending.wait { $0?.status } ?? .killed(by: SIGKILL)
    }

    /// Waits for its end at most `timeout` (ns); nil where it still runs then.
    package func wait(timeout: Int64) -> ExitStatus? {
        ending.wait(untilMonotonic: Clock.monotonic() + timeout) { $0?.status }
    }

    /// Sends it a signal; false where it has ended. Never reaches another process with the same number, since the
    /// child is reaped under the same lock. Corresponds to `kill`.
    @discardableResult
    package func signal(_ signal: Int32) -> Bool {
        ending.look { $0 == nil && kill(pid, signal) == 0 }
    }

    /// Sends a signal to its whole process group, which it must lead (`Command.hasOwnGroup`); false where it has ended.
    @discardableResult
    package func signalGroup(_ signal: Int32) -> Bool {
        ending.look { $0 == nil && kill(-pid, signal) == 0 }
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

    private init(pid: Int32, ending: Condition<End?>, ends: consuming PipeEnds) {
        self.pid = pid
        self.ending = ending
        self.ends = Mutex(ends)
    }
}

/// The ends of a child's pipes that stay in this process.
struct PipeEnds: ~Copyable, Sendable {
    var input: FileDescriptor?
    var output: FileDescriptor?
    var errors: FileDescriptor?
}
