import CommandLineKit
import Engine
import Glibc
import LabModel
import LinuxKit
import Pipeline

/// `netlab exec`: the lab of a scenario for one program or a shell.
enum ExecCommand {
    static let command = CommandLineKit.Command(
        "exec",
        summary: "Run a program, or a shell, behind a scenario's link.",
        discussion: """
            Builds the link of a scenario, streams nothing, and runs one program at one end of it, with this terminal or \
            whatever else the standard streams are. The timeline begins when the program does; what it says last stays. \
            Without a program a shell ($SHELL) is run. The program is root of the lab, sees this machine's files and may \
            write to one folder. Nothing but the other end can be reached.

            Its environment: NETLAB_SENDER and NETLAB_RECEIVER, the addresses of both ends; NETLAB_SENDER_NS and \
            NETLAB_RECEIVER_NS, their network namespaces, for nsenter --net=...; NETLAB_FOLDER, the folder to write to. \
            Single quotes keep the outer shell from looking for them.

            In virtual time the clock runs on while a program waits for its input. Ends with the program's own exit \
            status; 126 and 127 mean what they do in a shell.
            """,
        examples: [
            .init("netlab exec 10mbit", "A shell at the receiver."),
            .init("netlab exec 10mbit -- sh -c 'ping -c 3 $NETLAB_SENDER'", "See the delay."),
            .init(
                "netlab exec lossy -- sh -c 'nsenter --net=$NETLAB_SENDER_NS iperf3 -s -1 & sleep 1; iperf3 -R -c $NETLAB_SENDER'",
                "A program at each end: the rate of the downlink."),
        ],
        options: [
            .value(
                "in", default: "receiver", completion: .choices(LabVisit.End.allCases.map(\.rawValue)),
                "The end that the program is at: sender or receiver. Downlink is from sender to receiver."),
            RunCommand.engine, ScenarioSource.overrides,
            .value("writable", placeholder: "dir", default: ".", completion: .folders, "The folder to write to."),
            .value("memory", placeholder: "MiB", default: "1024", "The embedded kernel's memory."),
        ],
        arguments: [
            ScenarioSource.argument,
            Argument("command", .passThrough, "The program and its arguments."),
        ]
    ) { arguments in
        // Not one of netlab's own statuses: it is the program's.
        exit(try run(arguments))
    }

    private static func run(_ arguments: ParsedArguments) throws -> Int32 {
        let attached = try AttachedStay()
        let installation = try Installation.find()
        let plan = try plan(arguments)
        let engine = EngineChoice.make(
            plan.engine, installation: installation,
            kernel: KernelStore(installation: installation).find(for: installation))
        let folder = try Directory.resolve(arguments.value("writable") ?? ".")
        let words = arguments.arguments("command")
        let visit = InnerVisit(
            plan: plan, end: try end(arguments), attachment: attached.attachment, folder: folder,
            program: words.isEmpty ? [Environment.value("SHELL") ?? "/bin/sh"] : words)
        var stay = EngineRun(kind: engine.kind, arguments: try visit.words(), writable: folder)
        if let memory = try arguments.integer("memory", in: 64...65536) { stay.memory = ByteCount(Int64(memory) << 20) }
        stay.seed = plan.seed
        return try attached.run(stay, installation: installation)
    }

    private static func plan(_ arguments: ParsedArguments) throws -> Plan {
        let name = arguments.argument("scenario") ?? ""
        let plans = try ScenarioSource.load(name, arguments, engine: try arguments.engineRequest()).plans
        guard plans.count == 1 else {
            let settings = plans[0].variant.map { "--set \($0.setting)=\($0.value)" }.joined(separator: " ")
            throw Failure(
                "'\(name)' is \(plans.count) runs, and a program needs one link", hint: "choose, such as \(settings)",
                status: .badInput)
        }
        return plans[0]
    }

    private static func end(_ arguments: ParsedArguments) throws(UsageError) -> LabVisit.End {
        let name = arguments.value("in") ?? ""
        guard let end = LabVisit.End(rawValue: name) else {
            throw .invalidValue(slot: "--in", value: name, expected: "sender or receiver")
        }
        return end
    }
}
