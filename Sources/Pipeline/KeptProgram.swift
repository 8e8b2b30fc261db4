internal import LabModel
internal import LinuxKit
internal import Synchronization

/// A program of the user's that sends as soon as it runs: a shell that is there from the start on, and executes it at
/// the moment that the stream begins.
final class KeptProgram: StreamPart {
    private let program: LabProgram
    private let gate: Mutex<FileDescriptor?>

    /// - Parameter command: a shell's, `-c` and what it runs.
    init(
        _ command: Command, as role: StreamRole, in namespace: NetworkNamespace, log: String, inbox: StreamInbox
    ) throws {
        var command = command
        // It begins when its input is closed; without a start, it never does.
        command.arguments =
            ["-c", "read NETLAB_START || exit 0; export NETLAB_START; exec </dev/null /bin/sh -c \"$1\"", "sh"]
            + command.arguments.dropFirst()
        let (heard, opener) = try FileDescriptor.pipe().release()
        let input = FileDescriptor(owning: heard)
        gate = Mutex(FileDescriptor(owning: opener))
        command.input = .descriptor(input.raw)
        program = try LabProgram.start(command, as: role, in: namespace, log: log, inbox: inbox, isShell: true)
    }

    var role: StreamRole { program.role }

    func begin(_ clock: StreamClock) {
        guard let gate = gate.withLock({ $0.take() }) else { return }
        let raw = gate.release()
        let line = "\(TimeSpan(nanoseconds: clock.start.nanoseconds).seconds)\n"
        // Without a thread for it, it is started now.
        let open: @Sendable () -> Void = { try? FileDescriptor(owning: raw).writeAll(line) }
        let waiting = try? Thread.run(named: "start-sender") {
            Clock.sleep(untilMonotonic: clock.monotonic)
            open()
        }
        if waiting == nil { open() }
    }

    func askToEnd() { program.askToEnd() }

    func stop(grace: TimeSpan) { program.stop(grace: grace) }

    var exit: WorkerExit? { program.exit }
}
