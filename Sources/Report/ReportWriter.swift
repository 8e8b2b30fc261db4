package import LabModel
import LinuxKit

/// Writes all that a run's result is shown in.
package struct ReportWriter {
    let parts: PageParts

    /// `resources` is the folder that holds `report/report.html` and its companions.
    ///
    /// - Throws: `ReportError.unreadable` when one of them is missing.
    package init(resources: String) throws(ReportError) {
        parts = try PageParts(folder: resources)
    }

    /// Writes `result.json`, `report.html`, `junit.xml` and `summary.md` into `folder`, each whole or not at all.
    ///
    /// - Throws: `ReportError.unwritable` for the first that could not be written; those before it stand.
    package func write(_ result: RunResult, into folder: String) throws(ReportError) {
        try Self.put(try ResultFile.data(of: result), at: "\(folder)/\(RunFolder.result)")
        try Self.put(html(of: result).utf8, at: "\(folder)/\(RunFolder.report)")
        try Self.put(JUnitDocument.text(of: [result]).utf8, at: "\(folder)/\(RunFolder.junit)")
        try Self.put(MarkdownSummary.text(of: [result]).utf8, at: "\(folder)/\(RunFolder.summary)")
    }

    /// Writes one JUnit document of several runs.
    package static func writeJUnit(of results: [RunResult], to path: String) throws(ReportError) {
        try put(JUnitDocument.text(of: results).utf8, at: path)
    }

    /// Writes one Markdown summary of several runs, what they show together first.
    package static func writeSummary(
        of results: [RunResult], _ batches: [BatchResult], to path: String
    ) throws(ReportError) {
        let texts = batches.map { BatchMarkdown.text(of: $0) } + [MarkdownSummary.text(of: results)]
        try put(texts.joined(separator: "\n").utf8, at: path)
    }

    /// `report.html` of `result`.
    package func html(of result: RunResult) throws(ReportError) -> String {
        try ReportPage(result).written(with: parts)
    }

    static func put(_ bytes: some Sequence<UInt8>, at path: String) throws(ReportError) {
        do {
            try File.write(Array(bytes), to: path)
        } catch {
            throw .unwritable(path: path, reason: "\(error.errno)")
        }
    }
}
