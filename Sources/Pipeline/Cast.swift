internal import Lab
internal import LabModel
internal import LinuxKit

/// The parts of one stream, in the order of their start. Whatever was started is known here, so that a start that
/// fails half way leaves nothing behind.
final class Cast {
    let stage: Stage
    private(set) var parts: [any StreamPart] = []

    init(_ stage: Stage) {
        self.stage = stage
    }

    /// Starts a worker, or the program of the user's own that is in its place, and returns when it is ready.
    func start(_ role: StreamRole, in namespace: NetworkNamespace, _ arguments: [String]) throws {
        if let program = program(for: role) { return try start(role, in: namespace, program) }
        let log = log(of: role)
        try attach(stage.launcher.launch(role.name, in: namespace, arguments, log: log), role, log: log)
    }

    /// Starts a worker that is a program of its own, or what is in its place, and returns when it is ready.
    ///
    /// - Parameter program: its name; it lies beside the media worker.
    func start(_ role: StreamRole, in namespace: NetworkNamespace, own program: String, _ arguments: [String]) throws {
        if let program = self.program(for: role) { return try start(role, in: namespace, program) }
        let log = log(of: role)
        var command = Command("\(Directory.parent(of: stage.launcher.program))/\(program)", arguments)
        command.namespace = namespace
        (command.input, command.output, command.errors) = (.pipe, .pipe, .file(log))
        try attach(ChildProcess.start(command), role, log: log)
    }

    /// Waits for its word that it is ready.
    private func attach(_ process: ChildProcess, _ role: StreamRole, log: String) throws {
        parts.append(try MediaWorker.attach(process, role: role, log: log, inbox: stage.inbox))
        let deadline = Clock.monotonic() + Self.patience.nanoseconds
        while let (speaker, news) = stage.inbox.receive(untilMonotonic: deadline) {
            switch news {
            case .said(let message) where speaker == role && message.ready == true: return
            case .said: continue
            case .exited: throw failure(of: speaker, "get ready")
            }
        }
        throw failure(of: role, "get ready in \(Self.patience.seconds) s")
    }

    /// Starts a program and returns when it is ready.
    func start(
        _ role: StreamRole, in namespace: NetworkNamespace, program: Command, ready: Readiness, isShell: Bool = false
    ) throws {
        let program = try LabProgram.start(
            program, as: role, in: namespace, log: log(of: role), inbox: stage.inbox, isShell: isShell)
        parts.append(program)
        try wait(for: role, to: "\(ready)") { try ready.holds(in: namespace) }
    }

    /// Returns when `isDone`; throws where a part ends before, or it takes too long.
    ///
    /// - Parameter attempt: what `role` has to do until then.
    func wait(for role: StreamRole, to attempt: String, until isDone: () throws -> Bool) throws {
        let deadline = Clock.monotonic() + Self.patience.nanoseconds
        while try !isDone() {
            let glance = min(deadline, Clock.monotonic() + Self.glance.nanoseconds)
            if let (speaker, news) = stage.inbox.receive(untilMonotonic: glance), case .exited = news {
                throw failure(of: speaker, speaker == role ? attempt : "get ready")
            }
            if Clock.monotonic() >= deadline {
                throw failure(of: role, "\(attempt) in \(Self.patience.seconds) s")
            }
        }
    }

    /// Takes a part that is ready by itself.
    func add(_ part: any StreamPart) { parts.append(part) }

    /// Starts a sender, and a receiver that reads what the sender wrote down of its streams.
    func startPair() throws {
        try startSender()
        try startReceiver()
    }

    func startSender() throws {
        let (lab, folder) = (stage.lab, stage.folder)
        try start(
            .sender, in: lab.sender.namespace,
            [
                "send", "--run", folder, "--media", stage.media, "--bind", lab.sender.address, "--to",
                lab.receiver.address,
            ])
    }

    /// - Parameter options: beside those of every receiver.
    func startReceiver(_ role: StreamRole = .receiver, _ options: [String] = []) throws {
        let (lab, folder) = (stage.lab, stage.folder)
        try start(
            role, in: lab.receiver.namespace,
            ["receive", "--run", folder, "--bind", lab.receiver.address, "--from", lab.sender.address] + options)
    }

    /// Lets the workers make their connections, which takes as long as the link wants; returns when these stand.
    func connect() throws {
        let workers = parts.compactMap { $0 as? MediaWorker }
        for worker in workers { worker.connect() }
        // A sender of the user's own is yet to come.
        var waiting = program(for: .sender) == nil ? Set(workers.map(\.role)) : []
        let deadline = Clock.monotonic() + Self.patience.nanoseconds
        while !waiting.isEmpty, let (speaker, news) = stage.inbox.receive(untilMonotonic: deadline) {
            switch news {
            case .said(let message) where message.connected == true: waiting.remove(speaker)
            case .said: continue
            case .exited: throw failure(of: speaker, "connect")
            }
        }
        if let late = waiting.min(by: { $0.name < $1.name }) {
            throw failure(of: late, "connect in \(Self.patience.seconds) s")
        }
    }

    /// Ends all, as a start does that failed.
    func dismiss() {
        for part in parts.reversed() where part.exit == nil { part.stop(grace: .zero) }
    }

    private func failure(of role: StreamRole, _ attempt: String) -> PartFailure {
        PartFailure(role: role.name, exit: parts.first { $0.role == role }?.exit, attempt: attempt)
    }

    func log(of role: StreamRole) -> String { "\(stage.folder)/\(RunFolder.logs)/\(role.name).log" }

    /// How long a part may take to read its media and to open its sockets.
    private static let patience = TimeSpan.seconds(30)
    /// How often a program is looked at.
    private static let glance = TimeSpan.milliseconds(10)
}
