/// What was given to a command, asked for by the names that the command declares.
package struct ParsedArguments: Sendable {
    let command: Command
    /// From the program's name down to the command's.
    package let path: [String]
    var given: [String: [String]] = [:]
    var flags: Set<String> = []
    var positional: [String: [String]] = [:]

    init(command: Command, path: [String]) {
        self.command = command
        self.path = path
    }

    /// Whether the flag was given.
    package func flag(_ name: String) -> Bool {
        _ = declared(name)
        return flags.contains(name)
    }

    /// The last value given, else the option's default.
    package func value(_ name: String) -> String? {
        let option = declared(name)
        return given[name]?.last ?? option.defaultValue
    }

    /// Whether the option was given a value on the command line.
    package func isGiven(_ name: String) -> Bool {
        _ = declared(name)
        return given[name] != nil || flags.contains(name)
    }

    /// Every value given to a repeated option, in order.
    package func values(_ name: String) -> [String] {
        _ = declared(name)
        return given[name] ?? []
    }

    /// The option's value as a whole number within `range`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalidValue(
                slot: declared(name).slot, value: text,
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value of a required or optional argument.
    package func argument(_ name: String) -> String? {
        arguments(name).first
    }

    /// The values of a repeated or pass-through argument.
    package func arguments(_ name: String) -> [String] {
        precondition(command.arguments.contains { $0.name == name }, "\(command.name) has no argument <\(name)>")
        return positional[name] ?? []
    }

    private func declared(_ name: String) -> Option {
        guard let option = command.options.first(where: { $0.name == name }) else {
            preconditionFailure("\(command.name) has no option --\(name)")
        }
        return option
    }
}
