/// `--name value` pairs and plain words.
struct Arguments {
    private var options: [String: String] = [:]
    private(set) var words: [String] = []

    /// Throws where an option lacks its value or is none of `known`.
    init(_ arguments: some Sequence<String>, known: Set<String>) throws(UsageError) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                words.append(argument)
                continue
            }
            let name = String(argument.dropFirst(2))
            guard known.contains(name) else { throw UsageError("unknown option '\(argument)'") }
            guard let value = rest.popFirst() else { throw UsageError("missing value for '\(argument)'") }
            options[name] = value
        }
    }

    func optional(_ name: String) -> String? { options[name] }

    func required(_ name: String) throws(UsageError) -> String {
        guard let value = options[name] else { throw UsageError("missing option '--\(name)'") }
        return value
    }
}

/// A command line that makes no sense.
struct UsageError: Error {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
