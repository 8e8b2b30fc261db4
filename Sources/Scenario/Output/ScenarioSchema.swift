/// The JSON Schema of scenarios, made from the same tables that the decoder reads by.
package enum ScenarioSchema {
    /// The schema (draft 2020-12), ending with a newline: what `Resources/scenario.schema.json` holds.
    package static var text: String {
        let head: [(String, JSONText)] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("A netlab scenario")),
        ]
        return JSONText.object(head + fields(of: ScenarioKeys.shape)).render() + "\n"
    }

    private static func schema(of shape: Shape) -> [(String, JSONText)] {
        switch shape {
        // A plain number or `yes` is text to the decoder and something else to an editor's YAML.
        case .text: [("type", .strings(["string", "number", "boolean"]))]
        case .wholeNumber(let range): wholeNumber(range)
        case .numbers(let numbers): [("enum", .array(numbers.map(JSONText.integer)))]
        case .quantity(let tables): quantity(tables)
        case .words(let words): [("enum", .strings(words))]
        case .yesOrNo: [("type", .string("boolean"))]
        case .form(let name, let pattern):
            [("type", .string("string")), ("pattern", .string(pattern)), ("title", .string(name))]
        case .list(let element): [("type", .string("array")), ("items", .object(schema(of: element)))]
        case .mapping(let mapping): fields(of: mapping)
        case .either(let shapes): [("anyOf", .array(shapes.map { .object(schema(of: $0)) }))]
        case .sweeps: sweeps
        }
    }

    private static var sweeps: [(String, JSONText)] {
        let list = JSONText.object([("type", .string("array")), ("minItems", .integer(1))])
        let named: [(String, JSONText)] = [("type", .string("object")), ("minProperties", .integer(1))]
        let condition = (
            "description", JSONText.string("Names, each with the settings that are laid over the scenario.")
        )
        return [
            ("type", .string("object")),
            ("properties", .object([(MatrixAxis.condition, .object([condition] + named))])),
            ("additionalProperties", .object([("anyOf", .array([list, .object(named)]))])),
        ]
    }

    private static func wholeNumber(_ range: ClosedRange<Int>) -> [(String, JSONText)] {
        let lower: [(String, JSONText)] = [("type", .string("integer")), ("minimum", .integer(range.lowerBound))]
        return range.upperBound < Int.max ? lower + [("maximum", .integer(range.upperBound))] : lower
    }

    private static func quantity(_ tables: [UnitTable]) -> [(String, JSONText)] {
        [
            ("type", .string("string")),
            ("pattern", .string("^[0-9]+(\\.[0-9]+)? ?(" + tables.map(\.pattern).joined(separator: "|") + ")$")),
            ("examples", .strings(tables.map(\.example))),
        ]
    }

    private static func fields(of mapping: MappingShape) -> [(String, JSONText)] {
        let properties = mapping.keys.map { key in
            (key.name, JSONText.object([("description", .string(key.summary))] + schema(of: key.shape)))
        }
        let required = mapping.keys.filter(\.isRequired).map(\.name)
        return [("type", .string("object")), ("properties", .object(properties))]
            + (required.isEmpty ? [] : [("required", .strings(required))])
            + [("additionalProperties", .bool(false))]
    }
}

extension UnitTable {
    /// A regular expression of the units, without flags: ECMA-262 has none inside a pattern.
    fileprivate var pattern: String {
        (units.map(\.name) + spellings.keys.sorted()).map { unit in
            guard ignoresCase else { return unit }
            return unit.map { letter in
                letter.isASCII && letter.isLetter ? "[\(letter.lowercased())\(letter.uppercased())]" : String(letter)
            }.joined()
        }.joined(separator: "|")
    }
}
