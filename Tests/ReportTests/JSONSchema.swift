import FoundationEssentials

/// Checks JSON against as much of JSON Schema (2020-12) as `result.schema.json` uses; any other keyword is an error, so
/// that nothing in the schema goes unchecked.
struct JSONSchema {
    private let root: JSONValue

    init(path: String) throws {
        root = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// What is wrong with `value`, each with its path; nothing when it conforms.
    func violations(of value: JSONValue) -> [String] {
        check(value, root, at: "result")
    }

    private static let annotations: Set = ["$schema", "$defs", "title", "description"]

    private func check(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard case .object(let keywords) = schema else { return ["\(path): the schema is no object"] }
        return keywords.filter { !Self.annotations.contains($0.key) }.sorted { $0.key < $1.key }.flatMap {
            check(value, keyword: $0.key, $0.value, of: keywords, at: path)
        }
    }

    private func check(
        _ value: JSONValue, keyword: String, _ argument: JSONValue, of schema: [String: JSONValue], at path: String
    ) -> [String] {
        switch (keyword, argument) {
        case ("$ref", .string(let reference)): check(value, definition(reference), at: path)
        case ("type", .string(let type)): value.isOf(type) ? [] : ["\(path): is no \(type)"]
        case ("enum", .array(let allowed)): allowed.contains(value) ? [] : ["\(path): is none of the allowed values"]
        case ("const", let only): value == only ? [] : ["\(path): is not the one allowed value"]
        case ("minimum", .number(let limit)): (value.number ?? limit) >= limit ? [] : ["\(path): is below \(limit)"]
        case ("maximum", .number(let limit)): (value.number ?? limit) <= limit ? [] : ["\(path): is above \(limit)"]
        case ("items", let schema): value.items.enumerated().flatMap { check($1, schema, at: "\(path)[\($0)]") }
        case ("required", .array(let names)):
            names.compactMap(\.string).filter { value.member($0) == nil }
                .map { "\(path): lacks \($0)" }
        case ("properties", .object(let properties)):
            properties.flatMap { name, schema in
                value.member(name).map { check($0, schema, at: "\(path).\(name)") } ?? []
            }
        case ("additionalProperties", .bool(false)):
            value.names.subtracting(schema["properties"]?.names ?? [])
                .map { "\(path): has the unknown \($0)" }
        case ("oneOf", .array(let schemas)), ("anyOf", .array(let schemas)):
            schemas.contains { check(value, $0, at: path).isEmpty } ? [] : ["\(path): fits no alternative"]
        default: ["\(path): the schema's \(keyword) is not understood"]
        }
    }

    private func definition(_ reference: String) -> JSONValue {
        let name = reference.split(separator: "/").last.map(String.init) ?? ""
        return root.member("$defs")?.member(name) ?? .null
    }
}

/// A JSON document.
indirect enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    init(_ text: some Sequence<UInt8>) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text))
    }

    var number: Double? { if case .number(let value) = self { value } else { nil } }

    var string: String? { if case .string(let value) = self { value } else { nil } }

    var items: [JSONValue] { if case .array(let values) = self { values } else { [] } }

    var names: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }

    func member(_ name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }

    func isOf(_ type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
            (.object, "object"):
            true
        case (.number(let value), "integer"): value == value.rounded()
        default: false
        }
    }
}
