import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report

/// What a search says while it goes on, and the files that it leaves.
struct SearchOutput {
    private let folder: String
    private let writer: ReportWriter
    private let isJSON: Bool
    private let isQuiet: Bool
    private let question: SearchQuestion

    init(_ options: SearchOptions, _ question: SearchQuestion, folder: String, installation: Installation) throws {
        self.folder = folder
        writer = try installation.reportWriter()
        isJSON = options.isJSON
        isQuiet = options.isQuiet
        self.question = question
    }

    /// What is about to be done.
    func begin(runs: Int) {
        say(SearchSummary.plan(of: question, runs: runs))
    }

    /// What the runs at one value showed.
    func tell(_ level: SearchLevel) {
        say("  " + SearchSummary.line(of: level, question))
    }

    /// Writes what was found so far: a search that is killed leaves it.
    func keep(_ result: SearchResult) throws(ReportError) {
        try writer.write(result, into: folder)
    }

    /// The last words, on standard output.
    func end(_ result: SearchResult) throws {
        if isJSON {
            print(String(decoding: try SearchFile.data(of: result), as: UTF8.self), terminator: "")
        } else {
            let summary = SearchSummary(colour: Terminal.output.hasColour)
            print(summary.text(of: result, report: "\(folder)/\(SearchFile.page)"), terminator: "")
        }
    }

    private func say(_ line: String) {
        if !isQuiet { ErrorOutput.write(line + "\n") }
    }
}
