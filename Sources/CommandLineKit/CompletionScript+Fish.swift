extension CompletionScript {
    var fish: [String] {
        let name = program.root.name
        return [
            "# \(name) completion for fish: \(name) completion fish | source",
            "function \(function)_at",
            "    set -l place \(quoted(name))",
            "    set -l words (commandline -opc)",
            "    for word in $words[2..-1]",
            "        switch \"$place $word\"",
            "            case \(places.dropFirst().map { quoted($0.words) }.joined(separator: " "))",
            "                set place \"$place $word\"",
            "        end",
            "    end",
            "    test \"$place\" = \"$argv[1]\"",
            "end",
            "complete -c \(name) -f",
        ] + places.flatMap(fishLines)
    }

    private func fishLines(_ place: Place) -> [String] {
        let head = "complete -c \(program.root.name) -n \(quoted("\(function)_at \"\(place.words)\""))"
        return place.command.subcommands.map { "\(head) -a \(quoted($0.name)) -d \(quoted($0.summary))" }
            + place.command.arguments.compactMap { argument in
                fishValues(argument.completion).map { "\(head) \($0)" }
            }
            + place.options.map { option in
                let short = option.short.map { " -s \($0)" } ?? ""
                let value = option.placeholder == nil ? "" : " " + fishOperand(option.completion)
                return "\(head) -l \(option.name)\(short)\(value) -d \(quoted(option.summary))"
            }
    }

    /// `-x` keeps file names out, which `-r` lets in.
    private func fishOperand(_ completion: Completion) -> String {
        switch completion {
        case .none: "-x"
        case .files: "-r -F"
        case .folders, .choices: "-x " + (fishValues(completion) ?? "")
        case .lines: "-r " + (fishValues(completion) ?? "")
        }
    }

    private func fishValues(_ completion: Completion) -> String? {
        switch completion {
        case .none: nil
        case .files: "-F"
        case .folders: "-a \(quoted("(__fish_complete_directories)"))"
        case .choices(let words): "-a \(quoted(words.joined(separator: " ")))"
        case .lines(let command): "-F -a \(quoted("(\(command) 2>/dev/null)"))"
        }
    }
}
