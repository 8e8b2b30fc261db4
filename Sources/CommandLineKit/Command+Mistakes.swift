extension Command {
    /// What the programmer of this command and those beneath it got wrong; a test holds it to be empty.
    package func mistakes(at path: String = "") -> [String] {
        let place = path.isEmpty ? name : "\(path) \(name)"
        return (nameMistakes + argumentMistakes + wordingMistakes).map { "\(place): \($0)" }
            + subcommands.flatMap { $0.mistakes(at: place) }
    }

    private var nameMistakes: [String] {
        let reserved = [Option.help.name, Option.version.name]
        let shorts = options.compactMap(\.short) + [Option.help.short].compactMap { $0 }
        return repeats(of: options.map(\.name) + reserved).map { "option --\($0) twice" }
            + repeats(of: shorts.map(String.init)).map { "option -\($0) twice" }
            + repeats(of: subcommands.map(\.name)).map { "subcommand \($0) twice" }
            + repeats(of: arguments.map(\.name)).map { "argument <\($0)> twice" }
            + options.map(\.name).filter { $0.hasPrefix("-") || $0.contains("=") || $0.isEmpty }
            .map { "option name '\($0)' with a dash or an equals sign" }
    }

    private var argumentMistakes: [String] {
        let early = arguments.dropLast().filter {
            switch $0.kind {
            case .repeated, .passThrough: true
            case .required, .optional: false
            }
        }
        let afterOptional = arguments.drop { $0.kind == .required }.filter { $0.kind == .required }
        return early.map { "argument <\($0.name)> takes all that is left but is not the last" }
            + afterOptional.map { "required argument <\($0.name)> after an optional one" }
            + options.compactMap { option in
                guard let value = option.defaultValue, case .choices(let choices) = option.completion else {
                    return nil
                }
                return choices.contains(value) ? nil : "default '\(value)' of --\(option.name) is none of its choices"
            }
    }

    private var wordingMistakes: [String] {
        let summaries = [summary] + options.map(\.summary) + arguments.map(\.summary)
        return summaries.filter { !$0.hasSuffix(".") }.map { "summary '\($0)' without a full stop" }
    }

    private func repeats(of names: [String]) -> [String] {
        Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
    }
}
