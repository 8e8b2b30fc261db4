package import FoundationEssentials
package import LabModel

/// `result.json`: a `RunResult` as JSON, which `Resources/result.schema.json` describes.
package enum ResultFile {
    /// The result as JSON with sorted keys, so that equal results are equal files.
    ///
    /// - Throws: `ReportError.malformed` when a figure is no finite number.
    package static func data(of result: RunResult) throws(ReportError) -> Data {
        try encoded(result, pretty: true)
    }

    /// Reads a result back.
    ///
    /// - Throws: `ReportError.newerVersion` for a format after this one, `ReportError.malformed` for anything else.
    package static func read(_ data: Data) throws(ReportError) -> RunResult {
        let header: Header = try decoded(data)
        guard header.version <= RunResult.currentVersion else {
            throw .newerVersion(found: header.version, known: RunResult.currentVersion)
        }
        return try decoded(data)
    }

    static func encoded(_ value: some Encodable, pretty: Bool) throws(ReportError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
        do {
            return try encoder.encode(value)
        } catch {
            throw .malformed(reason: Self.reason(of: error))
        }
    }

    private struct Header: Decodable {
        var version: Int
    }

    private static func decoded<Value: Decodable>(_ data: Data) throws(ReportError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw .malformed(reason: reason(of: error))
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "\(path(context.codingPath + [key])) is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "it is no JSON (\(context.debugDescription))" : "\(path(context.codingPath)) is not what it should be"
        case EncodingError.invalidValue(let value, let context):
            "\(path(context.codingPath)) is \(value)"
        default: "\(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }
}
