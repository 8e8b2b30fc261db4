/// A named setting of a command, such as `--json` or `--engine <engine>`.
package struct Option: Sendable {
    package enum Kind: Sendable, Hashable {
        case flag
        case value(placeholder: String)
        case repeated(placeholder: String)
    }

    /// Without its dashes.
    package let name: String
    package let short: Character?
    package let kind: Kind
    package let summary: String
    package let defaultValue: String?
    package let completion: Completion

    /// Is there or is not.
    package static func flag(_ name: String, short: Character? = nil, _ summary: String) -> Option {
        Option(name: name, short: short, kind: .flag, summary: summary, defaultValue: nil, completion: .none)
    }

    /// Takes one value; given twice, the later one counts.
    package static func value(
        _ name: String, short: Character? = nil, placeholder: String? = nil, default defaultValue: String? = nil,
        completion: Completion = .none, _ summary: String
    ) -> Option {
        Option(
            name: name, short: short, kind: .value(placeholder: placeholder ?? name), summary: summary,
            defaultValue: defaultValue, completion: completion)
    }

    /// Takes a value each time it is given.
    package static func repeated(
        _ name: String, short: Character? = nil, placeholder: String? = nil, completion: Completion = .none,
        _ summary: String
    ) -> Option {
        Option(
            name: name, short: short, kind: .repeated(placeholder: placeholder ?? name), summary: summary,
            defaultValue: nil, completion: completion)
    }

    /// The value's name in help, if it takes one.
    var placeholder: String? {
        switch kind {
        case .flag: nil
        case .value(let placeholder), .repeated(let placeholder): placeholder
        }
    }

    /// As it is named in sentences: `--engine <engine>`.
    var slot: String { placeholder.map { "--\(name) <\($0)>" } ?? "--\(name)" }
}

extension Option {
    static let help = Option.flag("help", short: "h", "Show this help.")
    static let version = Option.flag("version", "Show the version.")
}
