import CommandLineKit
import LabModel
import LinuxKit
import Report
import RunStore

/// Where the results of a command's runs go beside their run directories.
struct BatchOutput {
    /// Whether standard output gets JSON, and nothing else.
    let isJSON: Bool
    private let junit: String?
    private let summary: String?

    /// Makes the folders of the files that were asked for: better than to find at the end that they cannot be made.
    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.flag("json")
        junit = arguments.value("junit")
        summary = arguments.value("summary")
        for file in [junit, summary].compactMap(\.self) { try Directory.make(Directory.parent(of: file)) }
    }

    /// What a run says when it has ended; among several, an empty line parts it from the next.
    func summarize(_ result: RunResult, in directory: RunDirectory, among planned: Int, on display: RunDisplay) {
        if isJSON { return }
        let summary = TerminalSummary(colour: Terminal.output.hasColour)
        let text = summary.text(of: result, report: directory.file(RunFolder.report))
        display.print(planned > 1 ? text + "\n" : text)
    }

    /// What all runs say together when they have ended, in their order.
    ///
    /// - Parameter batches: of the scenarios with several runs each.
    func write(
        _ runs: [FinishedRun], _ batches: [(batch: BatchResult, page: String)], planned: Int, wallTime: TimeSpan,
        to display: RunDisplay
    ) throws {
        let results = runs.map(\.result)
        if let junit { try ReportWriter.writeJUnit(of: results, to: junit) }
        if let summary { try ReportWriter.writeSummary(of: results, batches.map(\.batch), to: summary) }
        if isJSON { return try printJSON(runs, isList: planned > 1) }
        guard planned > 1 else { return }
        let text = BatchSummary(colour: Terminal.output.hasColour).text(
            of: results, reports: runs.map { $0.directory.map(Self.report(of:)) }, planned: planned, wallTime: wallTime)
        display.print(text)
        for (batch, page) in batches {
            let text = BatchText(colour: Terminal.output.hasColour).text(of: batch, report: Self.short(page))
            display.print("\n" + text)
        }
    }

    private static func report(of directory: RunDirectory) -> String { short(directory.file(RunFolder.report)) }

    /// A path as short as the working directory lets it be.
    private static func short(_ path: String) -> String {
        guard let here = try? Directory.current(), path.hasPrefix(here + "/") else { return path }
        return String(path.dropFirst(here.count + 1))
    }

    /// One result is an object, several are a list: read again one by one, so that only one at a time is held whole.
    private func printJSON(_ runs: [FinishedRun], isList: Bool) throws {
        if isList { print("[") }
        for (index, run) in runs.enumerated() where run.directory != nil || isList {
            let whole = try run.directory?.result() ?? run.result
            let text = String(decoding: try JSONText.pretty(whole), as: UTF8.self)
            print(index < runs.count - 1 ? text.dropLast() + "," : text.dropLast())
        }
        if isList { print("]") }
    }
}
