internal import Glibc
internal import LabModel
internal import LinuxKit

/// A program that is not netlab's own, such as a media server, in one of the lab's namespaces.
final class LabProgram: StreamPart {
    let role: StreamRole
    private let process: ChildProcess
    private let log: String

    /// Starts `command`, whose output and errors go to `log`; its end goes to `inbox`.
    static func start(
        _ command: Command, as role: StreamRole, in namespace: NetworkNamespace, log: String, inbox: StreamInbox
    ) throws -> LabProgram {
        var command = command
        command.namespace = namespace
        command.output = .file(log)
        command.errors = .output
        let process = try ChildProcess.start(command)
        _ = try Thread.run(named: "\(role.name)-end") { inbox.send((role, .exited(process.wait()))) }
        return LabProgram(role, process, log: log)
    }

    private init(_ role: StreamRole, _ process: ChildProcess, log: String) {
        self.role = role
        self.process = process
        self.log = log
    }

    /// It was told all in its arguments.
    func begin(_ clock: StreamClock) {}

    func askToEnd() { process.signalGroup(SIGTERM) }

    func stop(grace: TimeSpan) {
        askToEnd()
        if process.wait(timeout: grace.nanoseconds) == nil { process.signalGroup(SIGKILL) }
        process.wait()
    }

    var exit: WorkerExit? {
        process.end.map { WorkerExit(role: role.name, $0, log: log) }
    }
}
