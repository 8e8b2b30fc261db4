internal import CLinux
internal import Synchronization

/// A terminal that belongs to this process: what is written to `outside` is what somebody typed. Corresponds to pty(7).
package final class PseudoTerminal: Sendable {
    /// The side of whoever sits before it. Reading fails with EIO once no program has the other side any more.
    package let outside: FileDescriptor
    private let inside: Mutex<FileDescriptor?>

    package init() throws(SystemCallError) {
        var ends: [Int32] = [-1, -1]
        try SystemCallError.naming("make", "a terminal") { () throws(Errno) in
            try retryingInterrupts { linux_pseudo_terminal(&ends) }
        }
        outside = FileDescriptor(owning: ends[0])
        inside = Mutex(FileDescriptor(owning: ends[1]))
    }

    /// Starts a program that has this terminal for its own. It is the only one: the terminal is gone when all that use
    /// it have ended.
    package func start(_ command: Command) throws(SpawnError) -> ChildProcess {
        guard let inside = inside.withLock({ $0.take() }) else {
            preconditionFailure("a terminal takes one program")
        }
        var command = command
        let stream = Command.Stream.descriptor(inside.raw)
        (command.input, command.output, command.errors) = (stream, stream, stream)
        command.controlsTerminal = true
        return try ChildProcess.start(command)
    }
}
