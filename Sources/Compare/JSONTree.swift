import FoundationEssentials

/// A JSON document, to find where two of them differ.
indirect enum JSONTree: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])

    /// The JSON that `value` encodes to.
    init(of value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(value))
    }

    /// The paths at which `other` has something else; items of an array share one path, `[]`.
    func differences(from other: JSONTree, at path: String = "") -> [String] {
        switch (self, other) {
        case (.object(let ours), .object(let theirs)):
            Set(ours.keys).union(theirs.keys).sorted().flatMap { key in
                let place = path.isEmpty ? key : "\(path).\(key)"
                return (ours[key] ?? .null).differences(from: theirs[key] ?? .null, at: place)
            }
        case (.array(let ours), .array(let theirs)) where ours.count == theirs.count:
            zip(ours, theirs).flatMap { $0.differences(from: $1, at: "\(path)[]") }.firstOfEach
        default: self == other ? [] : [path]
        }
    }
}

extension JSONTree: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }
}

extension [String] {
    /// Each text once, where it first stands.
    fileprivate var firstOfEach: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
