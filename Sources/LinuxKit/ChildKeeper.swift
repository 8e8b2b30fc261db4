internal import CLinux
internal import Glibc

/// The thread that starts a child, waits for it and reaps it.
enum ChildKeeper {
    private typealias Started = Result<Int32, SpawnError>

    static func start(
        _ command: Command, _ standard: [Int32], _ end: Condition<ChildProcess.End?>
    ) throws(SpawnError) -> Int32 {
        let program = try find(command)
        let started = Condition<Started?>(nil)
        do throws(Errno) {
            _ = try Thread.run(named: "child-keeper") {
                let result = spawn(program, command, standard)
                started.change { $0 = result }
                if case .success(let pid) = result { keep(pid, end) }
            }
        } catch {
            throw .resource(SystemCallError("start", "a thread", error))
        }
        return try (started.wait { $0 } ?? .failure(.notFound(program))).get()
    }

    private static func find(_ command: Command) throws(SpawnError) -> String {
        if command.program.contains("/") { return command.program }
        guard let program = Environment.find(command.program, in: command.environment["PATH"]) else {
            throw .notFound(command.program)
        }
        return program
    }

    /// Waits for a child of this process that another process started, and reaps it.
    static func adopt(_ pid: Int32, _ end: Condition<ChildProcess.End?>) throws(Errno) {
        _ = try Thread.run(named: "child-keeper") { keep(pid, end) }
    }

    private static func keep(_ pid: Int32, _ end: Condition<ChildProcess.End?>) {
        _ = linux_await_exit(pid)
        end.change { end in
            var facts = linux_end(code: -1, signal: 0, processor_time: 0)
            _ = linux_reap(pid, &facts)
            end = ChildProcess.End(
                status: facts.signal == 0 ? .exited(facts.code) : .killed(by: facts.signal),
                processorTime: facts.processor_time)
        }
    }

    private static func spawn(_ program: String, _ command: Command, _ standard: [Int32]) -> Started {
        let environment = command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var stage = linux_spawn_stage_fork
        let pid = withCStrings([command.title ?? command.program] + command.arguments) { arguments in
            withCStrings(environment) { environment in
                withPath(command.directory) { directory in
                    program.withCString { program in
                        var request = linux_spawn_request(
                            path: program, arguments: arguments, environment: environment, directory: directory,
                            standard: (standard[0], standard[1], standard[2]),
                            network_namespace: command.namespace?.raw ?? -1,
                            death_signal: command.diesWithParent ? SIGKILL : 0,
                            own_group: command.hasOwnGroup ? 1 : 0, own_terminal: command.controlsTerminal ? 1 : 0,
                            no_core: command.leavesNoCore ? 1 : 0,
                            processor: command.processor ?? -1, no_randomness: command.lacksRandomness ? 1 : 0)
                        return linux_spawn(&request, &stage)
                    }
                }
            }
        }
        return pid > 0 ? .success(pid) : .failure(reason(stage, .last, program, command))
    }

    private static func reason(
        _ stage: linux_spawn_stage, _ error: Errno, _ program: String, _ command: Command
    ) -> SpawnError {
        switch stage {
        case linux_spawn_stage_namespace: .namespace(error)
        case linux_spawn_stage_directory: .directory(command.directory ?? ".", error)
        // ENOENT for a file that is there means that its interpreter is not.
        case linux_spawn_stage_execute where error == .noSuchFile && !File.exists(program): .notFound(program)
        case linux_spawn_stage_execute: .notExecutable(program, error)
        case linux_spawn_stage_filter: .resource(SystemCallError("filter the system calls of", program, error))
        default: .resource(SystemCallError("start", program, error))
        }
    }

    private static func withPath<R>(_ path: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
        guard let path else { return body(nil) }
        return path.withCString(body)
    }

    /// Calls `body` with a null-terminated array of C strings.
    private static func withCStrings<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers = strings.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            // Never empty: it holds the terminator at least.
            guard let base = buffer.baseAddress else { preconditionFailure("no terminator") }
            return body(base)
        }
    }
}
