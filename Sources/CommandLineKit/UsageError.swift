/// What is wrong with a command line: facts, worded by `message` and `hint`.
package enum UsageError: Error, Sendable, Hashable {
    case unknownOption(String, nearest: String?)
    case unknownCommand(String, nearest: String?)
    case missingValue(slot: String)
    case unexpectedValue(option: String, value: String)
    case invalidValue(slot: String, value: String, expected: String)
    case missingArgument(String)
    case unexpectedArgument(String)
    case missingCommand(of: String)
    /// A rule of the command itself, in a sentence.
    case rule(String, hint: String? = nil)

    /// Lower case, no full stop; quotes what was typed and names the slot.
    package var message: String {
        switch self {
        case .unknownOption(let typed, _): "unknown option '\(typed)'"
        case .unknownCommand(let typed, _): "unknown command '\(typed)'"
        case .missingValue(let slot): "missing value for '\(slot)'"
        case .unexpectedValue(let option, let value): "'\(option)' takes no value, but '\(value)' was given"
        case .invalidValue(let slot, let value, let expected):
            "'\(value)' is no value for '\(slot)': it takes \(expected)"
        case .missingArgument(let name): "missing argument '<\(name)>'"
        case .unexpectedArgument(let value): "unexpected argument '\(value)'"
        case .missingCommand(let name): "'\(name)' needs a subcommand"
        case .rule(let message, _): message
        }
    }

    /// What would mend it, if that is known.
    package var hint: String? {
        switch self {
        case .unknownOption(_, let nearest?), .unknownCommand(_, let nearest?): "did you mean '\(nearest)'?"
        case .rule(_, let hint): hint
        default: nil
        }
    }
}

/// A usage error and the command that it was made at.
package struct UsageFailure: Error, Sendable {
    package let error: UsageError
    /// The commands from the program down to where parsing stopped.
    let path: [Command]

    /// How that command is called.
    package var usage: String { HelpText(path: path).usage }

    /// Where to read more.
    package var advice: String { "see '\(path.map(\.name).joined(separator: " ")) --help'" }
}
