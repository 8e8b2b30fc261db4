import CommandLineKit

/// `netlab kernel`: the embedded kernel.
enum KernelCommand {
    static let command = CommandLineKit.Command(
        "kernel",
        summary: "Build, list and remove the embedded kernel, or run a program in it.",
        discussion: """
            The engines 'embedded' and 'virtual' run the lab in a Linux kernel of netlab's own, which is an ordinary \
            program: it needs no root and nothing of the host's kernel. It is built once, from the distribution's \
            newest kernel source, and kept in the user's cache.
            """,
        subcommands: [
            KernelBuildCommand.command, KernelStoreCommands.list, KernelStoreCommands.path,
            KernelStoreCommands.remove, KernelRunCommand.command,
        ])
}
