import CommandLineKit
import Compare
import LabModel
import LinuxKit
import Report
import RunStore
import Scenario

/// Writes what the runs of one scenario's matrix show together.
struct BatchReport {
    let writer: ReportWriter
    /// The folder of all reports.
    let reports: String

    /// Writes the page of `runs`, all of one scenario, beside their folders; nil where fewer than two left any.
    ///
    /// Their results are read again one by one, so that only one at a time is held whole.
    func write(_ runs: [FinishedRun]) throws -> (batch: BatchResult, page: String)? {
        guard let plan = runs.first?.result.plan, runs.count(where: { $0.directory != nil }) > 1 else { return nil }
        let parent = "\(reports)/\(plan.slug)"
        let name = try RunDirectory.makeFolder(in: parent, named: "matrix-\(RunTime.now())")
        try Directory.link("\(parent)/latest-matrix", to: name)
        let folder = try Directory.resolve("\(parent)/\(name)")
        var collector = BatchCollector()
        for run in runs {
            collector.add(
                try run.directory?.result() ?? run.result, beside: folder, report: run.directory?.file(RunFolder.report)
            )
        }
        let batch = collector.result(
            netlabVersion: Version.current, name: plan.name, description: plan.description, isOneScenario: true)
        try writer.write(batch, into: folder)
        return (batch, "\(folder)/\(RunFolder.report)")
    }
}

extension BatchCollector {
    /// Takes in a run whose page is linked to from a page in `folder`.
    mutating func add(_ result: RunResult, beside folder: String, report: String?) {
        let lines = PlanOutline(result.plan, given: []).lines
        add(
            result, settings: lines.map { VariantSetting(setting: $0.setting, value: $0.value) },
            report: report.map { RelativePath.text(from: folder, to: $0) }, problem: ReportWriter.problem(of: result))
    }
}

/// A path from one folder to another file, as a link takes it.
enum RelativePath {
    /// Both from the root on, links resolved.
    static func text(from folder: String, to file: String) -> String {
        let (from, to) = (folder.split(separator: "/"), file.split(separator: "/"))
        let common = zip(from, to).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: from.count - common) + to[common...].map(String.init))
            .joined(separator: "/")
    }
}
