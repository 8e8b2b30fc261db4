extension CompletionScript {
    var bash: [String] {
        let name = program.root.name
        return [
            "# \(name) completion for bash: source <(\(name) completion bash)",
            "\(function)() {",
            "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} place=\(quoted(name)) word",
            "    local IFS=$' \\t\\n'",
            "    COMPREPLY=()",
            "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
            "        case \"$place $word\" in",
            "            \(places.dropFirst().map { quoted($0.words) }.joined(separator: " | "))) place=\"$place $word\" ;;",
            "        esac",
            "    done",
            "    case \"$place $previous\" in",
        ] + places.flatMap(bashValues) + [
            "    esac",
            "    case \"$place\" in",
        ] + places.flatMap(bashWords) + [
            "    esac",
            "}",
            "complete -o filenames -F \(function) \(name)",
        ]
    }

    private func bashValues(_ place: Place) -> [String] {
        place.options.filter { $0.placeholder != nil }.map { option in
            let spellings = ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
            let pattern = spellings.map { quoted("\(place.words) \($0)") }.joined(separator: " | ")
            return "        \(pattern)) \(bashReply(to: option.completion)) return ;;"
        }
    }

    /// Options where a dash was typed, else commands or the values of arguments.
    private func bashWords(_ place: Place) -> [String] {
        let options = Completion.choices(place.options.map { "--\($0.name)" })
        let commands = place.command.subcommands.map(\.name)
        let plain = (commands.isEmpty ? [] : [Completion.choices(commands)]) + place.command.arguments.map(\.completion)
        let replies = plain.map(bashReply).filter { !$0.isEmpty }
        return [
            "        \(quoted(place.words)))",
            "            if [[ $current == -* ]]; then \(bashReply(to: options))",
            "            else \(replies.isEmpty ? ":;" : replies.joined(separator: " "))",
            "            fi ;;",
        ]
    }

    private func bashReply(to completion: Completion) -> String {
        let list =
            switch completion {
            case .none: ""
            case .files: "-f"
            case .folders: "-d"
            case .choices(let words): "-W \(quoted(words.joined(separator: " ")))"
            case .lines(let command): "-f -W \"$(\(command) 2>/dev/null)\""
            }
        return list.isEmpty ? "" : "COMPREPLY+=($(compgen \(list) -- \"$current\"));"
    }
}
