import CommandLineKit
import LabModel
import LinuxKit
import RealInterface
import Scenario

/// `netlab shape`: the same impairments on an interface of the machine.
enum ShapeCommand {
    static let command = CommandLineKit.Command(
        "shape",
        summary: "Shape an interface of this machine, see what it does, and put it back.",
        discussion: """
            Unlike a run this changes the machine's own network: what leaves the interface goes through qdiscs of netlab's, \
            and what arrives is sent through an ifb interface of netlab's. Down is what arrives, up is what leaves. \
            Delays are one way. --delay, --jitter, --loss and --queue hold for the directions that are named, and for \
            both where none is; a direction also takes all that a scenario says of one: --down '{rate: 10mbit, loss: 1%}'.

            netlab touches only what it made. A qdisc that somebody else chose stays unless --replace names its kind; \
            what was there is recorded before anything is changed, and --clear puts it back. With --for a process of its \
            own puts it back after that time, also when netlab is ended. Segmentation offload stays as it is: where it \
            is on, losses and delays befall bundles of packets (ethtool -K IFACE tso off gso off gro off ends that).

            Needs CAP_NET_ADMIN in the interface's network namespace.
            """,
        examples: [
            .init("netlab shape eth0 --down 10mbit --up 1mbit --for 10m", "A slow line for ten minutes."),
            .init("netlab shape eth0 --delay 20ms --loss 1%", "Delay and loss in both directions."),
            .init("netlab shape eth0 --up 1mbit --dry-run", "The tc commands that would do the same."),
            .init("netlab shape eth0", "See what there is."),
            .init("netlab shape eth0 --clear", "Put back what was there."),
        ],
        options: directions + shared + [
            .value("for", placeholder: "time", "Put it back after this time, such as 10m."),
            .value("replace", placeholder: "kind", "Replace somebody else's qdisc of this kind; --clear puts it back."),
            .flag("clear", "Put back what was there before."),
            .flag("dry-run", "Print the equivalent tc and ip commands, and change nothing."),
        ],
        arguments: [Argument("interface", .required, "The interface's name, such as eth0.")]
    ) { arguments in
        try run(arguments)
    }

    static let directions = [
        Option.value("down", placeholder: "rate", "What arrives: a rate such as 10mbit, or a mapping."),
        .value("up", placeholder: "rate", "What leaves: a rate such as 1mbit, or a mapping."),
    ]

    static let shared = [
        Option.value("delay", placeholder: "time", "One-way delay, such as 20ms."),
        .value("jitter", placeholder: "time", "Half width of the delay's spread; keeps packets in order."),
        .value("loss", placeholder: "share", "Packets lost at random, such as 1%."),
        .value("queue", placeholder: "size", "What a bottleneck holds: time, size or packets."),
    ]

    private static func run(_ arguments: ParsedArguments) throws -> CommandLineKit.ExitStatus {
        let request = try ShapeOptions(arguments)
        guard let store = try? ShapeStore() else {
            throw Failure(
                "no folder for the record of what was there",
                hint: "run it as root, or set XDG_RUNTIME_DIR to a folder",
                status: .unsupported)
        }
        let name = arguments.argument("interface") ?? ""
        if arguments.flag("clear"), try InterfaceShaper.clearGone(name, store) {
            print("\(name) is gone; what netlab had made for it is removed")
            return .pass
        }
        let action = ShapeAction(shaper: try InterfaceShaper(name, store: store), isDry: arguments.flag("dry-run"))
        switch request.kind {
        case .look: return try action.look()
        case .clear: return try action.clear()
        case .set(let request, let duration):
            return try action.set(request, for: duration, replacing: arguments.value("replace"))
        }
    }
}
