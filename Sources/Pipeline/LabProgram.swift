internal import Glibc
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// A program that is not netlab's own, such as a media server, in one of the lab's namespaces.
final class LabProgram: StreamPart {
    let role: StreamRole
    private let process: ChildProcess
    private let log: String
    private let isShell: Bool
    private let wasAsked = Mutex(false)

    /// Starts `command`, whose output and errors go to `log`; its end goes to `inbox`.
    ///
    /// - Parameter isShell: it is a shell that waits for the programs that count.
    static func start(
        _ command: Command, as role: StreamRole, in namespace: NetworkNamespace, log: String, inbox: StreamInbox,
        isShell: Bool = false
    ) throws -> LabProgram {
        var command = command
        command.namespace = namespace
        command.output = .file(log)
        command.errors = .output
        let process = try ChildProcess.start(command)
        _ = try Thread.run(named: "\(role.name)-end") { inbox.send((role, .exited(process.wait()))) }
        return LabProgram(role, process, log: log, isShell: isShell)
    }

    private init(_ role: StreamRole, _ process: ChildProcess, log: String, isShell: Bool) {
        self.role = role
        self.process = process
        self.log = log
        self.isShell = isShell
    }

    /// It was told all in its arguments.
    func begin(_ clock: StreamClock) {}

    /// A shell that heard it too would leave before its programs have written what they have.
    func askToEnd() {
        guard process.end == nil else { return }
        wasAsked.withLock { $0 = true }
        let programs = isShell ? ProcessTask.children(of: process.pid) : []
        for program in programs { kill(program.process, SIGTERM) }
        if programs.isEmpty { process.signalGroup(SIGTERM) }
    }

    func stop(grace: TimeSpan) {
        askToEnd()
        if process.wait(timeout: grace.nanoseconds) == nil { process.signalGroup(SIGTERM) }
        if process.wait(timeout: grace.nanoseconds) == nil { process.signalGroup(SIGKILL) }
        process.wait()
    }

    var exit: WorkerExit? {
        process.end.map { end in
            var exit = WorkerExit(role: role.name, end, log: log)
            // One that had to be killed did not do what it was asked.
            if end.status != .killed(by: SIGKILL), wasAsked.withLock({ $0 }) { exit.asked = true }
            return exit
        }
    }
}
