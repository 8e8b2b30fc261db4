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

    /// The runs' folders that a batch's `result.json` names, relative to its own; nil where it is not a batch's.
    package static func runs(in data: Data) -> [String]? {
        guard let batch = try? JSONDecoder().decode(BatchResult.self, from: data) else { return nil }
        let ending = "/" + RunFolder.report
        return batch.cells.flatMap(\.runs).compactMap(\.report).compactMap { report in
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
