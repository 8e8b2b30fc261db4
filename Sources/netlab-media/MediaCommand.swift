internal import LinuxKit
internal import Media

/// The subcommands.
enum MediaCommand {
    static func run(_ arguments: [String]) throws {
        let rest = arguments.dropFirst()
        switch arguments.first {
        case "fork": try fork(Arguments(rest, known: []))
        case "generate": try generate(Arguments(rest, known: ["plan", "cache"]))
        case "send": try send(Arguments(rest, known: ["run", "media", "to", "bind"]))
        case "receive": try receive(Arguments(rest, known: ["run", "bind", "linger", "from", "camera"]))
        case "marks": try marks(Arguments(rest, known: ["run", "media"]))
        case "expect":
            let arguments = try Arguments(rest, known: ["run", "media"])
            try ExpectedUnits.write(run: arguments.required("run"), media: arguments.required("media"))
        case "files": try WrittenFiles.look(run: Arguments(rest, known: ["run"]).required("run"))
        case "facts": try facts(Arguments(rest, known: []))
        default: throw UsageError("usage: netlab-media fork|generate|send|receive|expect|marks|files|facts ...")
        }
    }

    private static func fork(_ arguments: Arguments) throws {
        guard let worker = try WorkerFork.serve() else { return }
        // The copy's first thread still goes by the original's number, by which Swift's locks tell their owners.
        let result = Thread.value(named: worker.first ?? "") { Result { try run(worker) } }
        try result.get()
    }

    private static func generate(_ arguments: Arguments) throws {
        let path = try MediaProvider.file(
            planAt: try arguments.required("plan"), cache: try arguments.required("cache")
        ) { share in Warning.write("making the media: \(Int(share * 100)) %") }
        print(path)
    }

    private static func send(_ arguments: Arguments) throws {
        let control = try control()
        let sender = try ProtocolEnds(run: arguments.required("run")).sender(
            media: arguments.required("media"), bind: arguments.required("bind"), to: arguments.required("to"), control)
        try sender.send(control)
    }

    private static func receive(_ arguments: Arguments) throws {
        guard let linger = Int64(arguments.optional("linger") ?? "5"), linger > 0 else {
            throw UsageError("'--linger' wants whole seconds")
        }
        guard let camera = Int(arguments.optional("camera") ?? "1"), camera > 0 else {
            throw UsageError("'--camera' wants a number from 1")
        }
        let receiver = try ProtocolEnds(run: arguments.required("run")).receiver(
            bind: arguments.required("bind"), server: arguments.optional("from"), camera: camera,
            linger: linger * 1_000_000_000)
        try receiver.receive(try control())
    }

    private static func marks(_ arguments: Arguments) throws {
        try MarkReader(run: try arguments.required("run"), media: arguments.optional("media")).read()
    }

    private static func facts(_ arguments: Arguments) throws {
        guard let path = arguments.words.first else { throw UsageError("missing file: netlab-media facts FILE") }
        print(try MediaFacts(of: path).json)
    }

    private static func control() throws -> WorkerControl {
        try WorkerControl(input: FileDescriptor.duplicate(0), output: FileDescriptor.duplicate(1))
    }
}
