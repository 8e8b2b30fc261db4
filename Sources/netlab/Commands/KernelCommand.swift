import CommandLineKit

/// `netlab kernel`: the embedded kernel.
enum KernelCommand {
    static let command = CommandLineKit.Command(
        "kernel",
        summary: "Build, list and remove the embedded kernel, or run a program in it.",
        subcommands: [KernelRunCommand.command])
}
