import CommandLineKit
import Engine
import Glibc
import LabModel
import LinuxKit

/// `netlab kernel run`: any program inside an engine, for developers.
enum KernelRunCommand {
    static let command = CommandLineKit.Command(
        "run",
        summary: "Run a program inside the embedded kernel, with full rights there.",
        discussion: """
            Boots the embedded kernel on this machine's files, read-only, and runs the program as root of that kernel. \
            Only one folder can be written to; what is written elsewhere under /tmp, /run and /dev/shm stays in the \
            kernel's memory. The program has this command's standard streams, a terminal too, and its end is this command's.
            """,
        examples: [
            .init("netlab kernel run -- ip link", "See the network of a fresh kernel."),
            .init("netlab kernel run --virtual -- sleep 60", "A minute that takes no time."),
        ],
        options: [
            .flag("virtual", "Let time jump to the next event when all are idle."),
            .value(
                "engine", completion: .choices(EngineKind.allCases.map(\.rawValue)),
                "Run in this engine instead of the embedded one."),
            .value("writable", placeholder: "dir", default: ".", completion: .folders, "The folder to write to."),
            .value("memory", placeholder: "MiB", default: "1024", "The kernel's memory."),
            .value(
                StallLimit.option, placeholder: "seconds",
                "End a program that makes no progress for so long, by the machine's clock; without it none is ended."),
        ],
        arguments: [Argument("command", .passThrough, "The program and its arguments.")]
    ) { arguments in
        try run(arguments)
    }

    private static func run(_ arguments: ParsedArguments) throws -> CommandLineKit.ExitStatus {
        let words = arguments.arguments("command")
        if words.isEmpty { throw Failure("no program given", hint: "netlab kernel run -- PROGRAM", status: .usage) }
        let attached = try AttachedStay()
        var stay = EngineRun(
            kind: kind(arguments), arguments: [InnerProgram.name, attached.attachment.word] + words,
            writable: arguments.value("writable") ?? ".")
        if let memory = try arguments.integer("memory", in: 64...65536) { stay.memory = ByteCount(Int64(memory) << 20) }
        stay.stallLimit = try arguments.stallLimit()
        // Not one of netlab's own statuses: it is the program's.
        exit(try attached.run(stay, installation: Installation.find()))
    }

    private static func kind(_ arguments: ParsedArguments) -> EngineKind {
        if let kind = arguments.value("engine").flatMap(EngineKind.init(rawValue:)) { return kind }
        return arguments.flag("virtual") ? .virtual : .embedded
    }
}
