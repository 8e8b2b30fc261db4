private import Spelling

/// Walks down the table of commands and collects options and arguments.
struct CommandParser {
    private(set) var path: [Command]
    private var words: ArraySlice<String> = []
    private var plain: [String] = []
    private var afterTerminator: [String] = []
    private var given: [String: [String]] = [:]
    private var flags: Set<String> = []
    private var wantsHelp = false
    private var wantsVersion = false

    init(root: Command) {
        path = [root]
    }

    private var command: Command { path[path.count - 1] }

    mutating func parse(_ all: [String]) throws(UsageError) -> Invocation {
        words = all[...]
        while let word = words.popFirst() {
            try take(word)
            if wantsVersion { return .version }
        }
        if wantsHelp { return .help(HelpText(path: path)) }
        guard command.action != nil else { throw .missingCommand(of: path.map(\.name).joined(separator: " ")) }
        var arguments = ParsedArguments(command: command, path: path.map(\.name))
        arguments.given = given
        arguments.flags = flags
        arguments.positional = try assigned()
        return .run(arguments)
    }

    private mutating func take(_ word: String) throws(UsageError) {
        if word == "--" {
            afterTerminator = Array(words)
            words = []
        } else if word.hasPrefix("--") {
            try takeLong(word)
        } else if word.hasPrefix("-"), word.count > 1, Double(word) == nil {
            try takeShort(word)
        } else if !command.subcommands.isEmpty {
            try descend(to: word)
        } else {
            plain.append(word)
        }
    }

    private mutating func descend(to word: String) throws(UsageError) {
        if let next = command.subcommand(named: word) {
            path.append(next)
        } else if word == "help" {
            wantsHelp = true
        } else {
            throw .unknownCommand(word, nearest: Spelling.nearest(to: word, in: command.subcommands.map(\.name)))
        }
    }

    private mutating func takeLong(_ word: String) throws(UsageError) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let option = try option(named: String(parts[0]))
        let value = parts.count > 1 ? String(parts[1]) : nil
        if option.placeholder == nil {
            if let value { throw .unexpectedValue(option: "--\(option.name)", value: value) }
            raise(option)
        } else {
            try set(option, to: value)
        }
    }

    private mutating func takeShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = known.first(where: { $0.short == letter }) else {
                // `-json` is more often a slip of `--json` than five letters.
                let nearest = Spelling.nearest(to: String(word.dropFirst()), in: known.map(\.name)).map { "--\($0)" }
                throw .unknownOption(word.count > 2 ? word : "-\(letter)", nearest: word.count > 2 ? nearest : nil)
            }
            if option.placeholder == nil {
                raise(option)
            } else {
                return try set(option, to: letters.isEmpty ? nil : String(letters))
            }
        }
    }

    private mutating func raise(_ option: Option) {
        switch option.name {
        case Option.help.name: wantsHelp = true
        case Option.version.name where path.count == 1: wantsVersion = true
        default: flags.insert(option.name)
        }
    }

    private mutating func set(_ option: Option, to attached: String?) throws(UsageError) {
        guard let value = attached ?? nextValue() else { throw .missingValue(slot: option.slot) }
        if case .choices(let choices) = option.completion, !choices.contains(value) {
            throw .invalidValue(slot: option.slot, value: value, expected: "one of " + choices.joined(separator: ", "))
        }
        given[option.name, default: []].append(value)
    }

    /// The next word, unless it looks like an option of its own; numbers below zero do not.
    private mutating func nextValue() -> String? {
        guard let word = words.first, !word.hasPrefix("-") || word == "-" || Double(word) != nil else { return nil }
        return words.popFirst()
    }

    private var known: [Option] {
        command.options + [.help] + (path.count == 1 ? [.version] : [])
    }

    private func option(named name: String) throws(UsageError) -> Option {
        if let option = known.first(where: { $0.name == name }) { return option }
        let nearest = Spelling.nearest(to: name, in: known.map(\.name)).map { "--\($0)" }
        throw .unknownOption("--\(name)", nearest: nearest)
    }

    private mutating func assigned() throws(UsageError) -> [String: [String]] {
        let passes = command.arguments.last?.kind == .passThrough
        var values = passes ? plain : plain + afterTerminator
        var result: [String: [String]] = [:]
        for argument in command.arguments {
            let taken = take(argument.kind, from: &values)
            if taken.count < minimum(of: argument.kind) { throw .missingArgument(argument.name) }
            if case .choices(let choices) = argument.completion { try check(taken, of: argument, choices) }
            if !taken.isEmpty { result[argument.name] = taken }
        }
        if let surplus = values.first { throw .unexpectedArgument(surplus) }
        return result
    }

    private func take(_ kind: Argument.Kind, from values: inout [String]) -> [String] {
        switch kind {
        case .required, .optional:
            guard !values.isEmpty else { return [] }
            return [values.removeFirst()]
        case .repeated:
            defer { values = [] }
            return values
        case .passThrough:
            return afterTerminator
        }
    }

    private func check(_ values: [String], of argument: Argument, _ choices: [String]) throws(UsageError) {
        guard let value = values.first(where: { !choices.contains($0) }) else { return }
        throw .invalidValue(
            slot: "<\(argument.name)>", value: value, expected: "one of " + choices.joined(separator: ", "))
    }

    private func minimum(of kind: Argument.Kind) -> Int {
        switch kind {
        case .required: 1
        case .optional, .passThrough: 0
        case .repeated(let minimum): minimum
        }
    }
}
