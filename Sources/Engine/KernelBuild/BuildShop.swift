internal import Glibc
internal import LinuxKit
internal import Synchronization

/// A scratch folder for one build, its log, and the program that runs there now.
final class BuildShop: Sendable {
    let folder: String
    let keptLog: String
    private let running = Mutex<ChildProcess?>(nil)
    private let isInterrupted = Mutex(false)

    var log: String { folder + "/build.log" }

    init(folder: String, keptLog: String) {
        self.folder = folder
        self.keptLog = keptLog
    }

    /// Ends the program that runs now, and lets no other start.
    func interrupt() {
        isInterrupted.withLock { $0 = true }
        running.withLock { _ = $0?.signalGroup(SIGTERM) }
    }

    /// Throws where the user has asked for an end.
    func check() throws(KernelBuildError) {
        if isInterrupted.withLock({ $0 }) { throw .interrupted }
    }

    /// Runs a program to its end and gives its output; `onLine` sees each line as it comes. `step` is what it does, as
    /// a verb and an object.
    @discardableResult
    func run(
        _ step: String, _ program: String, _ arguments: [String], onLine: (String) -> Void = { _ in }
    ) throws(KernelBuildError) -> [String] {
        try check()
        do {
            let lines = try attempt(step, program, arguments, onLine)
            try check()
            return lines
        } catch {
            throw explained(error)
        }
    }

    private func attempt(
        _ step: String, _ program: String, _ arguments: [String], _ onLine: (String) -> Void
    ) throws -> [String] {
        var command = Command(program, arguments)
        command.environment = Self.environment
        command.directory = folder
        command.output = .pipe
        command.errors = .file(log)
        let child = try ChildProcess.start(command)
        running.withLock { $0 = child }
        defer { running.withLock { $0 = nil } }
        let lines = try read(child, onLine)
        let status = child.wait()
        if status == .success { return lines }
        try check()
        try? Directory.make(Directory.parent(of: keptLog))
        try File.write(try File.read(log), to: keptLog)
        throw KernelBuildError.step(step, status: status, log: keptLog, lastLines: EngineLog.lastLines(keptLog))
    }

    private func read(_ child: ChildProcess, _ onLine: (String) -> Void) throws -> [String] {
        guard let output = child.takeOutput() else { return [] }
        let logFile = try FileDescriptor.open(log, O_WRONLY | O_CREAT | O_APPEND)
        var reader = LineReader(output)
        var lines: [String] = []
        while let line = try reader.next() {
            try logFile.writeAll(line + "\n")
            lines.append(line)
            onLine(line)
        }
        return lines
    }

    private func explained(_ error: any Error) -> KernelBuildError {
        switch error {
        case let error as KernelBuildError: error
        case let error as SpawnError: .spawn(error)
        case let error as SystemCallError: .file(error)
        case let error as Errno: .file(SystemCallError("write to", log, error))
        default: .file(SystemCallError("write to", log, .inputOutput))
        }
    }

    /// Without MAKEFLAGS of a make that called, and with messages that can be read; the machine's name and the time
    /// stay out of the kernel.
    private static var environment: [String: String] {
        var environment = Environment.current.filter { !$0.key.hasPrefix("MAKE") && !$0.key.hasPrefix("KBUILD") }
        environment["LC_ALL"] = "C.UTF-8"
        environment["KBUILD_BUILD_USER"] = "netlab"
        environment["KBUILD_BUILD_HOST"] = "netlab"
        environment["PATH"] = environment["PATH"] ?? Environment.defaultPath
        return environment
    }
}
