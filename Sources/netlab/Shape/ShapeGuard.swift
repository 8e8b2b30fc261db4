import Glibc
import LinuxKit
import RealInterface

/// The process that puts an interface back after `--for`: it has no terminal and no file open, and waits.
enum ShapeGuard {
    static let entry = "shape-guard"

    /// Starts it and waits until it is ready.
    static func start(_ name: String, _ timer: ShapeTimer, store: String) throws -> ProcessIdentity {
        var command = LinuxKit.Command(
            try Host.executable(), [entry, name, store, String(timer.token), String(timer.deadline)])
        command.environment = [:]
        command.directory = "/"
        command.output = .pipe
        command.errors = .null
        command.diesWithParent = false
        // A leader of a group could not become one of a session.
        command.hasOwnGroup = false
        let child = try ChildProcess.start(command)
        let answer = try child.takeOutput()?.readAll() ?? []
        guard answer == Array(ready.utf8), let identity = ProcessIdentity(child.pid) else {
            throw ShapeError.noGuard("it ended at once")
        }
        return identity
    }

    /// The guard itself, with the words that `start` gave.
    static func run(_ words: [String]) -> Int32 {
        guard words.count == 4, let token = UInt64(words[2]), let deadline = Int64(words[3]) else { return 64 }
        setsid()
        signal(SIGHUP, SIG_IGN)
        _ = ErrorOutput.write(ready, to: STDOUT_FILENO)
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { close(stream) }
        Clock.sleep(untilBoottime: deadline)
        return revert(words[0], folder: words[1], token)
    }

    /// Tries for a while: another netlab may be at work, or the kernel short of memory.
    private static func revert(_ name: String, folder: String, _ token: UInt64) -> Int32 {
        for _ in 0..<60 {
            do {
                let store = try ShapeStore(folder: folder)
                if try InterfaceShaper.clearGone(name, store) { return 0 }
                try InterfaceShaper(name, store: store).revert(token: token)
                return 0
            } catch {
                Clock.sleep(for: 1_000_000_000)
            }
        }
        return 1
    }

    private static let ready = "ready\n"
}
