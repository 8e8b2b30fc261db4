import CommandLineKit

/// `netlab completion`: the shell's completion, made from the same table that help is made from.
enum CompletionCommand {
    static let command = Command(
        "completion",
        summary: "Print a completion script for your shell.",
        examples: [
            .init("source <(netlab completion bash)", "Try it in this shell."),
            .init(
                "netlab completion fish > ~/.config/fish/completions/netlab.fish", "Keep it, for fish."),
        ],
        arguments: [
            Argument(
                "shell", completion: .choices(CompletionShell.allCases.map(\.rawValue)), "One of bash, zsh and fish.")
        ]
    ) { arguments in
        guard let shell = arguments.argument("shell").flatMap(CompletionShell.init(rawValue:)) else {
            throw UsageError.missingArgument("shell")
        }
        print(CompletionScript(program: CommandTable.program, shell: shell).render(), terminator: "")
        return .pass
    }
}
