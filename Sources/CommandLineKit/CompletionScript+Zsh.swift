extension CompletionScript {
    var zsh: [String] {
        let name = program.root.name
        return ["#compdef \(name)", "# \(name) completion for zsh: source <(\(name) completion zsh)"]
            + places.flatMap(zshFunction)
            + ["compdef \(function) \(name)"]
    }

    private func zshName(_ path: [String]) -> String {
        "_" + path.joined(separator: "_").map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }
    }

    private func zshFunction(_ place: Place) -> [String] {
        let specifications = place.options.flatMap(zshOption) + zshPositions(place)
        var lines = ["\(zshName(place.path))() {"]
        if !place.command.subcommands.isEmpty { lines.append("    local context state line") }
        lines.append("    _arguments -S \\")
        lines.append(specifications.map { "        \($0)" }.joined(separator: " \\\n"))
        if !place.command.subcommands.isEmpty { lines += zshDispatch(place) }
        return lines + ["}"]
    }

    private func zshOption(_ option: Option) -> [String] {
        let text = option.summary.filter { !"[]:".contains($0) }
        let value = option.placeholder.map { ":\($0):\(zshAction(option.completion))" } ?? ""
        let many =
            switch option.kind {
            case .repeated: "*"
            case .flag, .value: ""
            }
        let long = quoted("\(many)--\(option.name)\(value.isEmpty ? "" : "=")[\(text)]\(value)")
        guard let short = option.short else { return [long] }
        return [long, quoted("\(many)-\(short)[\(text)]\(value)")]
    }

    private func zshPositions(_ place: Place) -> [String] {
        guard place.command.subcommands.isEmpty else { return [quoted("1: :->command"), quoted("*:: :->words")] }
        return place.command.arguments.map { argument in
            let action = "\(argument.name):\(zshAction(argument.completion))"
            return switch argument.kind {
            case .required: quoted(":\(action)")
            case .optional: quoted("::\(action)")
            case .repeated, .passThrough: quoted("*:\(action)")
            }
        }
    }

    private func zshAction(_ completion: Completion) -> String {
        switch completion {
        case .none: " "
        case .files: "_files"
        case .folders: "_files -/"
        case .choices(let words): "(\(words.joined(separator: " ")))"
        case .lines(let command): "{ compadd -- ${(f)\"$(\(command) 2>/dev/null)\"}; _files }"
        }
    }

    private func zshDispatch(_ place: Place) -> [String] {
        let described = place.command.subcommands.map { command in
            quoted("\(command.name):\(command.summary.filter { $0 != ":" })")
        }
        return [
            "    case $state in",
            "        command)",
            "            local -a commands=(\(described.joined(separator: " ")))",
            "            _describe command commands ;;",
            "        words)",
            "            case $line[1] in",
        ]
            + place.command.subcommands.map { command in
                "                \(quoted(command.name))) \(zshName(place.path + [command.name])) ;;"
            } + ["            esac ;;", "    esac"]
    }
}
