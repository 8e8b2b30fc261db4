internal import Glibc
internal import LabModel
internal import LinuxKit

/// All that it takes to start an engine.
struct EngineStart: Sendable {
    let run: EngineRun
    let scratch: EngineScratch
    let installation: Installation
    let kernel: Kernel?
    let processor: ProcessorSlot?

    init(run: EngineRun, scratch: EngineScratch, installation: Installation, kernel: Kernel?) {
        self.run = run
        self.scratch = scratch
        self.installation = installation
        self.kernel = kernel
        processor = run.kind == .host ? nil : ProcessorSlot.take()
    }

    var log: EngineLog { EngineLog(folder: run.logs ?? scratch.path) }

    func session(
        _ output: EngineListener, _ errors: EngineListener?
    ) throws(EngineError) -> EngineSession {
        let command = try command()
        let followers = try EngineSession.naming { () throws(SystemCallError) in
            try writeFiles()
            let follower = try output.follow(scratch.output)
            guard let errors else { return [follower] }
            return [follower, try errors.follow(log.errors)]
        }
        do throws(SpawnError) {
            return EngineSession(self, try ChildProcess.start(command), followers)
        } catch {
            for follower in followers { follower.finish() }
            throw .spawn(error)
        }
    }

    private func writeFiles() throws(SystemCallError) {
        let environment = run.kind == .virtual ? BootArguments.virtualEnvironment : [:]
        let request = InsideRequest(
            kind: run.kind, arguments: run.arguments, environment: run.environment.merging(environment) { $1 },
            directory: run.directory ?? "/", errors: log.errors, writable: run.writable, seed: run.seed)
        try File.write(request.encoded, to: scratch.request)
        try File.clear(scratch.output)
        try File.clear(scratch.pulse)
        try Directory.make("\(scratch.path)/\(EngineScratch.kernelFiles)")
        // The lines of an earlier stay would be taken for this one's.
        try File.clear(log.errors)
        if run.kind != .host { try File.clear(log.console) }
    }

    private func command() throws(EngineError) -> Command {
        var command =
            run.kind == .host
            ? Command(installation.executable, ["inside", "host", scratch.path])
            : try bootCommand()
        command.input = .pipe
        command.output = .file(run.kind == .host ? log.errors : log.console)
        command.errors = .output
        command.leavesNoCore = true
        return command
    }

    private func bootCommand() throws(EngineError) -> Command {
        guard let kernel else {
            throw .missingKernel(searched: KernelStore(installation: installation).places)
        }
        let arguments = BootArguments(kind: run.kind, memory: run.memory, program: installation.executable)
        var command = Command(kernel.path, try arguments.words())
        let folder = try MemoryFolder.choose(
            MemoryFolder.candidates(runFolder: scratch.path),
            memory: ByteCount(run.memory.bytes * Int64(run.sideBySide)))
        command.directory = scratch.path
        // The kernel's own command line names no run, and whoever looks for one must find it.
        command.title = "\(kernel.path) \(scratch.path)"
        command.processor = processor?.number
        // Time is the same in every run, and so is all else that happens but for what is random.
        command.lacksRandomness = run.kind == .virtual
        command.environment = ["TMPDIR": folder, "PATH": Environment.defaultPath]
        return command
    }
}
