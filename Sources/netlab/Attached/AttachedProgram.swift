import Engine
import Glibc
import LinuxKit

/// The inner side of a program that has the user's streams.
struct AttachedProgram {
    let attachment: Attachment
    let input: InsideInput
    let stop: StopRequest

    /// Where a shell says that there is no such program, and that it cannot be executed.
    private static let notFound: Int32 = 127
    private static let notExecutable: Int32 = 126
    /// How long what has been printed may take to come through a terminal that other programs still have (ns).
    private static let lastWords: Int64 = 200_000_000

    /// Runs a program to its end and returns its exit code.
    func run(_ command: LinuxKit.Command) -> Int32 {
        do {
            return switch attachment {
            case .output: try wait(for: ChildProcess.start(command))
            case .streams: try runOnStreams(command)
            case .terminal(let size): try runOnTerminal(command, size)
            }
        } catch {
            ErrorOutput.write("netlab: error: \(error)\n")
            if case .notFound = error as? SpawnError { return Self.notFound }
            return Self.notExecutable
        }
    }

    /// As Ctrl-C reaches it, or a terminal that was closed.
    private func wait(for child: ChildProcess, stoppedBy signal: Int32 = SIGINT) -> Int32 {
        stop.whenRequested { child.signalGroup(signal) }
        return child.wait().shellCode
    }

    private func runOnStreams(_ command: LinuxKit.Command) throws -> Int32 {
        var command = command
        command.input = .pipe
        let child = try ChildProcess.start(command)
        let raw = child.takeInput()?.release() ?? -1
        let input = input
        _ = try LinuxKit.Thread.run(named: "input") {
            let pipe = FileDescriptor(owning: raw)
            // A program that reads no more fails the write.
            while case .bytes(let bytes) = input.next(), (try? pipe.writeAll(bytes)) != nil {}
        }
        return wait(for: child)
    }

    private func runOnTerminal(_ command: LinuxKit.Command, _ size: TerminalSize) throws -> Int32 {
        let terminal = try PseudoTerminal()
        try terminal.outside.setTerminalSize(size)
        let child = try terminal.start(command)
        let isDrained = Condition(false)
        _ = try LinuxKit.Thread.run(named: "terminal-output") {
            while let bytes = try? terminal.outside.read(upTo: 65536), !bytes.isEmpty { Self.print(bytes) }
            isDrained.change { $0 = true }
        }
        let input = input
        _ = try LinuxKit.Thread.run(named: "terminal-input") {
            while Self.type(input.next(), into: terminal) {}
        }
        let code = wait(for: child, stoppedBy: SIGHUP)
        _ = isDrained.wait(untilMonotonic: Clock.monotonic() + Self.lastWords) { $0 ? true : nil }
        return code
    }

    /// False where there is no more to type.
    private static func type(_ piece: InputPiece, into terminal: PseudoTerminal) -> Bool {
        switch piece {
        case .bytes(let bytes): (try? terminal.outside.writeAll(bytes)) != nil
        case .size(let size): (try? terminal.outside.setTerminalSize(size)) != nil
        case .end: false
        }
    }

    private static func print(_ bytes: [UInt8]) {
        try? FileDescriptor.duplicate(STDOUT_FILENO).writeAll(bytes)
    }
}
