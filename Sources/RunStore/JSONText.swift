package import FoundationEssentials

/// The two ways that netlab writes JSON.
package enum JSONText {
    /// For files: indented, keys sorted, so that two results can be compared line by line.
    package static func pretty(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(value) + [UInt8(ascii: "\n")]
    }

    /// For streams: one line with its end.
    package static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + [UInt8(ascii: "\n")]
    }

    /// A value as `line` wrote it; nil where the text is none.
    package static func value<Value: Decodable>(_ type: Value.Type, in line: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(line.utf8))
    }
}
