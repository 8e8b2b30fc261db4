package import FoundationEssentials
package import LabModel
import RunStore

/// `search.json`: a `SearchResult` as JSON, which `Resources/search.schema.json` describes, and the page beside it.
package enum SearchFile {
    package static let result = "search.json"
    package static let page = "search.html"

    /// The result as JSON with sorted keys.
    ///
    /// - Throws: `ReportError.malformed` when a figure is no finite number.
    package static func data(of result: SearchResult) throws(ReportError) -> Data {
        do {
            return try JSONText.pretty(result)
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
    }
}

extension ReportWriter {
    /// Writes `search.json` and `search.html` into `folder`, each whole or not at all.
    ///
    /// - Throws: `ReportError.unwritable` for the first that could not be written.
    package func write(_ result: SearchResult, into folder: String) throws(ReportError) {
        try Self.put(try SearchFile.data(of: result), at: "\(folder)/\(SearchFile.result)")
        try Self.put(html(of: result).utf8, at: "\(folder)/\(SearchFile.page)")
    }

    /// `search.html` of `result`.
    package func html(of result: SearchResult) -> String {
        SearchPage(result).written(with: parts)
    }
}
