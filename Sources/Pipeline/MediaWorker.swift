internal import FoundationEssentials
internal import Glibc
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// A media worker, made by `MediaLauncher` in one of the lab's namespaces: told what to do by lines on its standard
/// input, it answers with `WorkerMessage` lines on its standard output.
final class MediaWorker: StreamPart {
    let role: StreamRole
    private let process: ChildProcess
    private let input: Mutex<FileDescriptor?>
    private let log: String

    /// A worker whose news go to `inbox` under its role. Its standard error goes to `log`.
    static func attach(
        _ process: ChildProcess, role: StreamRole, log: String, inbox: StreamInbox
    ) throws -> MediaWorker {
        let worker = MediaWorker(role: role, process: process, log: log)
        guard let output = process.takeOutput()?.release() else { return worker }
        _ = try Thread.run(named: "\(role.name)-lines") {
            worker.listen(to: FileDescriptor(owning: output), inbox)
        }
        return worker
    }

    private init(role: StreamRole, process: ChildProcess, log: String) {
        self.role = role
        self.process = process
        self.log = log
        input = Mutex(process.takeInput())
    }

    func begin(_ clock: StreamClock) { tell("start \(clock.monotonic)") }

    /// Lets it make its connection.
    func connect() { tell("connect") }

    func askToEnd() { tell("stop") }

    func stop(grace: TimeSpan) {
        askToEnd()
        if process.wait(timeout: grace.nanoseconds) == nil { process.terminate(grace: 1_000_000_000) }
    }

    /// A worker that has gone is noticed by its exit.
    private func tell(_ line: String) {
        input.withLock { input in
            if let open = input.take() {
                try? open.writeAll(line + "\n")
                input = consume open
            }
        }
    }

    var exit: WorkerExit? {
        process.end.map { WorkerExit(role: role.name, $0, log: log) }
    }

    private func listen(to output: consuming FileDescriptor, _ inbox: StreamInbox) {
        var lines = LineReader(output)
        let decoder = JSONDecoder()
        while let line = try? lines.next() {
            if let message = try? decoder.decode(WorkerMessage.self, from: Data(line.utf8)) {
                inbox.send((role, .said(message)))
            }
        }
        inbox.send((role, .exited(process.wait())))
    }
}

extension WorkerExit {
    /// As the kernel tells it, with the last lines of the file that its standard error went to.
    init(role: String, _ end: ChildProcess.End, log: String) {
        self.init(role: role, cpu: TimeSpan(nanoseconds: end.processorTime))
        switch end.status {
        case .exited(let code): status = Int(code)
        case .killed(let signal): self.signal = Int(signal)
        }
        // What is tried again fails again in the same words.
        var lines: [Substring] = []
        for line in (try? File.readText(log))?.split(separator: "\n") ?? [] where line != lines.last {
            lines.append(line)
        }
        lines = lines.suffix(5)
        if !lines.isEmpty { lastWords = lines.joined(separator: "\n") }
    }
}
