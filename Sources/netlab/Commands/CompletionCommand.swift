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
        let name = arguments.argument("shell") ?? ""
        guard let shell = CompletionShell(rawValue: name) else {
            throw UsageError.invalidValue(slot: "<shell>", value: name, expected: "one of bash, zsh, fish")
        }
        print(CompletionScript(program: CommandTable.program, shell: shell).render(), terminator: "")
        return .pass
    }
}
