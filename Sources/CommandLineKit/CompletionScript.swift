/// The shells that a completion script can be made for.
package enum CompletionShell: String, Sendable, CaseIterable {
    case bash
    case zsh
    case fish
}

/// A shell's completion script for a whole table of commands.
package struct CompletionScript: Sendable {
    let program: Program
    let shell: CompletionShell

    package init(program: Program, shell: CompletionShell) {
        self.program = program
        self.shell = shell
    }

    /// The script, ending with a newline.
    package func render() -> String {
        let lines =
            switch shell {
            case .bash: bash
            case .zsh: zsh
            case .fish: fish
            }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A command, with the words that lead to it.
    struct Place {
        let path: [String]
        let command: Command
        let isRoot: Bool

        var words: String { path.joined(separator: " ") }
        var options: [Option] { command.options + [.help] + (isRoot ? [.version] : []) }
    }

    /// Every command, from the top down.
    var places: [Place] { places(of: program.root, path: [program.root.name], isRoot: true) }

    private func places(of command: Command, path: [String], isRoot: Bool) -> [Place] {
        [Place(path: path, command: command, isRoot: isRoot)]
            + command.subcommands.flatMap { places(of: $0, path: path + [$0.name], isRoot: false) }
    }

    /// A function's name in the shell for the program.
    var function: String { "_" + program.root.name.map { $0.isLetter || $0.isNumber ? $0 : "_" } }

    /// Text between single quotes, safe in every shell here.
    func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
