import Engine
import Glibc
import LinuxKit

/// A stay inside an engine whose program has this process's streams: what it prints comes out unchanged, what is typed
/// or piped in reaches it, and Ctrl-C does too.
final class AttachedStay: Sendable {
    let attachment = Attachment.own
    private let session = Condition<EngineSession?>(nil)

    /// Begins to watch for signals; to be called while the process has one thread.
    init() throws(Errno) {
        let session = session
        try Signals.watchInterrupts { count in
            guard let session = session.wait({ $0 }) else { return }
            if count == 1 { session.requestStop() } else { session.kill() }
        }
        guard case .terminal = attachment else { return }
        try Signals.watchWindow {
            guard let session = session.look({ $0 }), let size = TerminalSize(of: STDIN_FILENO) else { return }
            _ = session.feed(.size(size))
        }
    }

    /// Runs it to its end and returns the program's exit code.
    func run(_ stay: EngineRun, installation: Installation) throws -> Int32 {
        let terminal: RawTerminal? = if case .terminal = attachment { RawTerminal(STDIN_FILENO) } else { nil }
        defer { withExtendedLifetime(terminal) {} }
        let session = session
        let started = try EngineSession.start(
            stay, installation: installation, kernel: KernelStore(installation: installation).find(for: installation),
            output: .bytes { bytes in Self.pass(bytes, to: STDOUT_FILENO, of: session) },
            errors: .bytes { bytes in Self.pass(bytes, to: STDERR_FILENO, of: session) })
        session.change { $0 = started }
        if attachment != .output {
            _ = try LinuxKit.Thread.run(named: "input") { Self.read(for: started) }
        }
        return try started.wait().code
    }

    /// Where nobody listens any more (`| head`) the program ends as it would without an engine.
    private static func pass(_ bytes: [UInt8], to descriptor: Int32, of session: Condition<EngineSession?>) {
        guard let stream = try? FileDescriptor.duplicate(descriptor), (try? stream.writeAll(bytes)) == nil else {
            return
        }
        session.wait { $0 }?.requestStop()
    }

    private static func read(for session: EngineSession) {
        guard let input = try? FileDescriptor.duplicate(STDIN_FILENO) else { return }
        while let bytes = try? input.read(upTo: 65536), !bytes.isEmpty {
            if !session.feed(.bytes(bytes)) { return }
        }
        _ = session.feed(.end)
    }
}
