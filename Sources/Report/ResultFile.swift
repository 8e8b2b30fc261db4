package import FoundationEssentials
package import LabModel
import RunStore

/// `result.json`: a `RunResult` as JSON, which `Resources/result.schema.json` describes.
package enum ResultFile {
    /// The result as JSON with sorted keys, so that equal results are equal files.
    ///
    /// - Throws: `ReportError.malformed` when a figure is no finite number.
    package static func data(of result: RunResult) throws(ReportError) -> Data {
        do {
            return try JSONText.pretty(result)
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
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

    private struct Header: Decodable {
        var version: Int
    }

    private static func decoded<Value: Decodable>(_ data: Data) throws(ReportError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
    }
}
