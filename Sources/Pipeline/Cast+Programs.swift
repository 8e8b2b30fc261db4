internal import LabModel
internal import LinuxKit

extension Cast {
    /// The program that the user put in place of a part.
    func program(for role: StreamRole) -> ProgramPlan? {
        let programs = stage.plan.pipeline.programs
        return switch role.kind {
        case .sender: programs?.sender
        case .server: nil
        case .receiver: programs?.receiver
        }
    }

    /// Starts a program of the user's and returns when it is ready. A sender that does not say when it is, sends as soon
    /// as it runs: it is kept until the stream begins.
    func start(_ role: StreamRole, in namespace: NetworkNamespace, _ program: ProgramPlan) throws {
        let command = try shell(program, role)
        if role.kind == .sender, program.ready == nil {
            add(try KeptProgram(command, as: role, in: namespace, log: log(of: role), inbox: stage.inbox))
        } else {
            try start(role, in: namespace, program: command, ready: readiness(program), isShell: true)
        }
    }

    private func readiness(_ program: ProgramPlan) -> Readiness {
        switch program.ready {
        case .port(let port): .listens(nil, port: port)
        case .file(let file): .wrote(file: file.hasPrefix("/") ? file : "\(files)/\(file)")
        case .after(let time): .runs(at: Clock.monotonic() + time.nanoseconds)
        case nil: .started
        }
    }

    private var files: String { "\(stage.folder)/\(RunFolder.files)" }

    private func shell(_ program: ProgramPlan, _ role: StreamRole) throws -> Command {
        try Directory.make(files)
        var command = Command("/bin/sh", ["-c", program.run])
        command.directory = files
        var environment = LabEnvironment(stage.lab, folder: files)
        environment.values["NETLAB_MEDIA"] = stage.media
        environment.values["NETLAB_DURATION"] = "\(stage.plan.duration.seconds)"
        environment.values["NETLAB_CAMERA"] = "\(role.number ?? 1)"
        environment.values["NETLAB_PORT"] = "\(stage.plan.pipeline.protocol.port)"
        command.environment.merge(environment.values) { $1 }
        return command
    }
}
