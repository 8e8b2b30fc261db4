/// The help of one command.
package struct HelpText: Sendable {
    private let path: [Command]
    private let command: Command

    init(path: [Command]) {
        precondition(!path.isEmpty, "help needs a command")
        self.path = path
        command = path[path.count - 1]
    }

    private var invocation: String { path.map(\.name).joined(separator: " ") }

    /// One line that shows how the command is called.
    package var usage: String {
        var words = ["usage:", invocation]
        if !command.options.isEmpty { words.append("[options]") }
        if !command.subcommands.isEmpty { words.append("<command>") }
        words += command.arguments.map(\.usage)
        return words.joined(separator: " ")
    }

    /// The whole help, wrapped to `width` columns, ending with a newline.
    package func render(width: Int = 80) -> String {
        let body = TextWrap(width: max(40, min(width, 100)))
        var sections = [body.wrap(command.summary)]
        sections.append(usage)
        if !command.discussion.isEmpty { sections.append(body.wrap(command.discussion)) }
        sections.append(contentsOf: tables(body))
        if !command.examples.isEmpty { sections.append(examples) }
        if !command.subcommands.isEmpty {
            sections.append("Run '\(invocation) <command> --help' to read about one command.")
        }
        return sections.joined(separator: "\n\n") + "\n"
    }

    private func tables(_ body: TextWrap) -> [String] {
        let options = command.options + [.help] + (path.count == 1 ? [.version] : [])
        let groups: [(String, [(String, String)])] = [
            ("Commands:", command.subcommands.map { ($0.name, $0.summary) }),
            ("Arguments:", command.arguments.map { ("<\($0.name)>", $0.summary) }),
            ("Options:", options.map { (label(of: $0), summary(of: $0)) }),
        ]
        return groups.filter { !$0.1.isEmpty }.map { title, rows in
            ([title] + rows.map { body.row($0.0, $0.1) }).joined(separator: "\n")
        }
    }

    private func label(of option: Option) -> String {
        (option.short.map { "-\($0), " } ?? "    ") + option.slot
    }

    private func summary(of option: Option) -> String {
        var notes: [String] = []
        if case .choices(let choices) = option.completion { notes.append("values: \(choices.joined(separator: ", "))") }
        if let value = option.defaultValue { notes.append("default: \(value)") }
        if case .repeated = option.kind { notes.append("may be given more than once") }
        return notes.isEmpty ? option.summary : "\(option.summary) (\(notes.joined(separator: "; ")))"
    }

    private var examples: String {
        (["Examples:"] + command.examples.map { "  \($0.line)\n      \($0.meaning)" }).joined(separator: "\n")
    }
}
