import CommandLineKit
import Compare
import FoundationEssentials
import LabModel
import LinuxKit
import Report
import RunStore

/// Runs that somebody names, held against each other.
struct ComparedRuns {
    let batch: BatchResult
    private let comparison: Comparison
    /// More are no table that could be read metric by metric.
    private static let mostColumns = 4

    /// - Parameters:
    ///   - paths: run directories, their `result.json`, and folders of a matrix.
    ///   - page: where a page with links to them is to be.
    init(_ paths: [String], page: String?) throws {
        let sources = try paths.flatMap(Self.sources)
        guard sources.count > 1 else {
            throw UsageError.rule("a comparison takes two runs at least", hint: "name another run directory")
        }
        let folder = try page.map { try Directory.resolve(Directory.parent(of: $0)) } ?? Directory.current()
        var collector = BatchCollector()
        let results = try sources.map { source in
            let result = try ResultFile.read(Data(File.read(source.file)))
            collector.add(result, beside: folder, report: source.report)
            return (label: source.label, result: result)
        }
        comparison = try Comparison(of: results)
        let names = results.map(\.result.plan.name)
        batch = collector.result(
            netlabVersion: Version.current, name: Set(names).count == 1 ? names[0] : "\(results.count) runs compared",
            isOneScenario: false)
    }

    /// For a terminal, ending in a new line.
    var text: String {
        let table = BatchText(colour: Terminal.output.hasColour).text(of: batch)
        return table + "\n" + (comparison.labels.count <= Self.mostColumns ? comparison.text : comparison.summary)
    }

    /// A run's result and its page, from the root on.
    private struct Source {
        /// What the user would call it.
        let label: String
        let file: String
        let report: String?

        init(_ label: String, _ directory: RunDirectory) {
            self.label = label
            file = directory.file(RunFolder.result)
            report = directory.has(RunFolder.report) ? directory.file(RunFolder.report) : nil
        }

        init(file: String) {
            (label, self.file, report) = (file, file, nil)
        }
    }

    private static func sources(_ path: String) throws -> [Source] {
        let isResult = path.split(separator: "/").last.map(String.init) == RunFolder.result
        if path.hasSuffix(".json"), !isResult { return [Source(file: path)] }
        let folder = isResult ? Directory.parent(of: path) : path
        let directory = try RunDirectory(existing: folder)
        guard !directory.has(RunFolder.plan), directory.has(RunFolder.result),
            let batch = try BatchFile.read(Data(File.read(directory.file(RunFolder.result))))
        else { return [Source(folder, directory)] }
        return try batch.folders.map { Source("\(folder)/\($0)", try RunDirectory(existing: directory.file($0))) }
    }
}

/// The figures of the comparison, and `batch` beside them as a batch's `result.json` has it.
extension ComparedRuns: Encodable {
    private enum CodingKeys: CodingKey {
        case batch
    }

    func encode(to encoder: any Encoder) throws {
        try comparison.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(batch, forKey: .batch)
    }
}
