import LabModel

/// What may be written for a value: for messages, and for the JSON Schema.
indirect enum Shape: Sendable {
    case text
    case wholeNumber(ClosedRange<Int>)
    /// One of these whole numbers.
    case numbers([Int])
    /// One of several kinds of quantity, each with its units.
    case quantity([UnitTable])
    case words([String])
    case yesOrNo
    /// Text of a form that a regular expression tells, such as `1280x720`.
    case form(name: String, pattern: String)
    case list(Shape)
    case mapping(MappingShape)
    case either([Shape])
    /// Dotted paths, each with a list of values or with names that have a value each.
    case sweeps

    /// As a sentence names it: "a rate such as 10mbit".
    var description: String {
        switch self {
        case .text: "text"
        case .wholeNumber(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .numbers(let numbers): numbers.map(String.init).joined(separator: " or ")
        case .quantity(let tables): tables.map { "a \($0.name) such as \($0.example)" }.joined(separator: ", or ")
        case .words(let words): words.count == 1 ? "'\(words[0])'" : "one of " + words.joined(separator: ", ")
        case .yesOrNo: "true or false"
        case .form(let name, _): name
        case .list(let element): "a list, each of \(element.description)"
        case .mapping(let mapping): "a mapping with \(mapping.keyNames)"
        case .either(let shapes): shapes.map(\.description).joined(separator: ", or ")
        case .sweeps: "a mapping of settings, each to a list of values or to names with a value each"
        }
    }
}

/// The keys of a mapping.
struct MappingShape: Sendable {
    let keys: [any KeyDescription]
    /// What to say to keys that are none, but that somebody may well write.
    let notes: [String: KeyNote]

    init(_ keys: [any KeyDescription], notes: [String: KeyNote] = [:]) {
        self.keys = keys
        self.notes = notes
    }

    var keyNames: String { keys.map(\.name).joined(separator: ", ") }
}

/// What the shape of a key tells without its type.
protocol KeyDescription: Sendable {
    var name: String { get }
    var summary: String { get }
    var shape: Shape { get }
    var isRequired: Bool { get }
}

/// What to say to a key that is none.
enum KeyNote: Sendable {
    /// It is part of the format's plan, but this version cannot do it.
    case later
    /// The same thing has another name here.
    case called(String)
    case explained(message: String, hint: String)
}
