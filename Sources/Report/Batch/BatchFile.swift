package import FoundationEssentials
package import LabModel
import RunStore

/// A batch's `result.json`, which `Resources/batch.schema.json` describes, and what is written beside it.
package enum BatchFile {
    /// The result as JSON with sorted keys.
    ///
    /// - Throws: `ReportError.malformed` when a figure is no finite number.
    package static func data(of batch: BatchResult) throws(ReportError) -> Data {
        do {
            return try JSONText.pretty(batch)
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
    }

    /// Reads a batch's result back; nil where it is another's, such as a run's.
    ///
    /// - Throws: `ReportError.newerVersion` for a format after this one, `ReportError.malformed` for anything else.
    package static func read(_ data: Data) throws(ReportError) -> BatchResult? {
        let decoder = JSONDecoder()
        guard let header = try? decoder.decode(Header.self, from: data) else { return nil }
        guard header.version <= BatchResult.currentVersion else {
            throw .newerVersion(found: header.version, known: BatchResult.currentVersion)
        }
        do {
            return try decoder.decode(BatchResult.self, from: data)
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
    }

    /// What only a batch's result has.
    private struct Header: Decodable {
        var version: Int
        var contenders: [String]
    }
}

extension BatchResult {
    /// The folders of its runs, relative to its own.
    package var folders: [String] {
        let ending = "/" + RunFolder.report
        return cells.flatMap(\.runs).compactMap(\.report).compactMap { report in
            report.hasSuffix(ending) ? String(report.dropLast(ending.count)) : nil
        }
    }
}

extension ReportWriter {
    /// Writes `result.json`, `report.html` and `summary.md` into `folder`, each whole or not at all.
    ///
    /// - Throws: `ReportError.unwritable` for the first that could not be written; those before it stand.
    package func write(_ batch: BatchResult, into folder: String) throws(ReportError) {
        try Self.put(try BatchFile.data(of: batch), at: "\(folder)/\(RunFolder.result)")
        try Self.put(html(of: batch).utf8, at: "\(folder)/\(RunFolder.report)")
        try Self.put(BatchMarkdown.text(of: batch).utf8, at: "\(folder)/\(RunFolder.summary)")
    }

    /// Writes the page of `batch` alone.
    package func writePage(of batch: BatchResult, to path: String) throws(ReportError) {
        try Self.put(html(of: batch).utf8, at: path)
    }

    /// `report.html` of `batch`.
    package func html(of batch: BatchResult) -> String {
        BatchPage(batch).written(with: parts)
    }

    /// Why a run does not count or has failed; nil where it has passed.
    package static func problem(of result: RunResult) -> String? {
        let headline = Headline(of: result)
        return result.verdict == .pass ? nil : headline.reasons.first ?? headline.sentence
    }
}
