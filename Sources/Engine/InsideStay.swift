internal import Glibc
internal import LabModel
internal import LinuxKit

/// The inner side's own part: its streams, environment and loopback, then the command.
struct InsideStay {
    let request: InsideRequest
    let scratch: EngineScratch

    func run(_ commands: [String: Inside.Command]) throws(SystemCallError) -> Int32 {
        guard let name = request.arguments.first, let command = commands[name] else {
            throw SystemCallError("find", "the inner command '\(request.arguments.first ?? "")'", .noSuchFile)
        }
        let stop = StopRequest()
        let input = InsideInput(folder: scratch.input)
        try connect(stop, input)
        try prepareProcess()
        let code = command(
            Inside.Context(
                kind: request.kind, arguments: Array(request.arguments.dropFirst()), stop: stop, input: input))
        fflush(nil)
        return code
    }

    /// Input is the request to stop, output the file that the outer side follows, errors the log.
    private func connect(_ stop: StopRequest, _ input: InsideInput) throws(SystemCallError) {
        let control = try openControl()
        try redirect(STDOUT_FILENO, to: scratch.output, O_WRONLY | O_APPEND)
        try redirect(STDERR_FILENO, to: request.errors, O_WRONLY | O_APPEND)
        try redirect(STDIN_FILENO, to: "/dev/null", O_RDONLY)
        let raw = control.release()
        let witness = Witness(request.kind, findings: scratch.findings)
        try SystemCallError.naming("start", "a thread") { () throws(Errno) in
            try ControlListener.start(owning: raw, stop, witness, input)
        }
    }

    private func openControl() throws(SystemCallError) -> FileDescriptor {
        if request.kind == .host {
            return try SystemCallError.naming("duplicate", "standard input") { () throws(Errno) in
                try .duplicate(STDIN_FILENO)
            }
        }
        let terminal = try FileDescriptor.open("/dev/tty1", O_RDONLY | O_NOCTTY)
        try SystemCallError.naming("set up", "/dev/tty1") { () throws(Errno) in try terminal.makeTerminalRaw() }
        return terminal
    }

    private func redirect(_ standard: Int32, to path: String, _ flags: Int32) throws(SystemCallError) {
        let file = try FileDescriptor.open(path, flags)
        let raw = file.raw
        try SystemCallError.naming("redirect to", path) { () throws(Errno) in
            try retryingInterrupts { dup2(raw, standard) }
        }
    }

    private func prepareProcess() throws(SystemCallError) {
        Signals.ignoreBrokenPipes()
        Clock.sharpenTimers()
        for name in Environment.current.keys where request.environment[name] == nil { unsetenv(name) }
        for (name, value) in request.environment { setenv(name, value, 1) }
        if request.environment["PATH"] == nil { setenv("PATH", Environment.defaultPath, 1) }
        try SystemCallError.naming("enter", request.directory) { () throws(Errno) in
            try retryingInterrupts { chdir(request.directory) }
        }
        try NetworkNamespace.bringUpLoopback()
        try Pulse.start(scratch.pulse, request.kind)
    }
}
