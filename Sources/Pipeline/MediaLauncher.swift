internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// `netlab-media` with its libraries loaded, of which every worker is a copy and yet a child of this process: each has
/// its own namespace, streams and end.
final class MediaLauncher: Sendable {
    /// Its path.
    let program: String
    private let process: ChildProcess
    private let input: FileDescriptor
    private let answers: Mutex<LineReader>
    private let log: String

    /// Starts loading and returns at once.
    ///
    /// - Parameters:
    ///   - program: `netlab-media`.
    ///   - log: gets its standard error.
    static func start(_ program: String, log: String) throws -> MediaLauncher {
        var command = Command(program, ["fork"])
        // Threads' heaps come whole (mallopt(3), M_TOP_PAD): they grow by a system call for every few packets otherwise.
        command.environment["MALLOC_TOP_PAD_"] = "\(64 << 20)"
        command.input = .pipe
        command.output = .pipe
        command.errors = .file(log)
        let process = try ChildProcess.start(command)
        guard let input = process.takeInput(), let output = process.takeOutput() else {
            preconditionFailure("a pipe that was asked for is missing")
        }
        return MediaLauncher(program, process, input, output, log: log)
    }

    /// Returns when everything is loaded.
    func awaitLoaded() throws {
        _ = try answer()
    }

    /// Makes the worker of `role`, whose standard error goes to `log`.
    func launch(
        _ role: String, in namespace: NetworkNamespace, _ arguments: [String], log: String
    ) throws -> ChildProcess {
        let input = try FileDescriptor.pipe()
        let output = try FileDescriptor.pipe()
        let start = WorkerStart(
            role: role, arguments: arguments, namespace: FileDescriptor.path(of: namespace.raw),
            input: FileDescriptor.path(of: input.first.raw), output: FileDescriptor.path(of: output.second.raw),
            errors: log)
        // Where it has gone the answer is missing too.
        try? self.input.writeAll(Array(JSONText.line(start)))
        guard let pid = try answer().pid else { throw failure() }
        return try ChildProcess.adopt(pid, input: input, output: output)
    }

    private init(
        _ program: String, _ process: ChildProcess, _ input: consuming FileDescriptor,
        _ output: consuming FileDescriptor, log: String
    ) {
        self.program = program
        self.process = process
        self.input = input
        self.log = log
        answers = Mutex(LineReader(output))
    }

    private func answer() throws -> WorkerStarted {
        let line = try answers.withLock { answers in try answers.next() }
        guard let line, let answer = JSONText.value(WorkerStarted.self, in: line) else { throw failure() }
        return answer
    }

    private func failure() -> PartFailure {
        process.wait()
        let role = "media worker"
        return PartFailure(
            role: role, exit: process.end.map { WorkerExit(role: role, $0, log: log) }, attempt: "start")
    }
}
