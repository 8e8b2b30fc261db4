/// JSON with its keys in the order given, for files that people read.
enum JSONText {
    case object([(String, JSONText)])
    case array([JSONText])
    case string(String)
    case integer(Int)
    case bool(Bool)

    static func strings(_ values: [String]) -> JSONText { .array(values.map(JSONText.string)) }

    /// Indented by two blanks; what holds no object stays on one line.
    func render(indent: String = "") -> String {
        let deeper = indent + "  "
        switch self {
        case .string(let text): return JSONText.quoted(text)
        case .integer(let number): return String(number)
        case .bool(let value): return value ? "true" : "false"
        case .array(let values) where values.contains(where: \.isObject):
            let lines = values.map { deeper + $0.render(indent: deeper) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .array(let values): return "[" + values.map { $0.render() }.joined(separator: ", ") + "]"
        case .object(let fields) where fields.isEmpty: return "{}"
        case .object(let fields):
            let lines = fields.map { "\(deeper)\(JSONText.quoted($0.0)): \($0.1.render(indent: deeper))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private var isObject: Bool {
        if case .object = self { true } else { false }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
