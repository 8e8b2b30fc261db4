import CommandLineKit
import Engine
import FoundationEssentials
import LabModel
import LinuxKit
import Report
import RunStore

/// `netlab report`: the reports of a run once more, from its `result.json`.
enum ReportCommand {
    static let command = Command(
        "report",
        summary: "Write the reports of a finished run again.",
        discussion: """
            Makes report.html and summary.md from result.json, with the page of this version, and junit.xml of a run.
            """,
        examples: [
            .init("netlab report Reports/10mbit/latest", "Write the newest run's report again."),
            .init("netlab report Reports/protocols/latest-matrix", "Write a comparison's report again."),
        ],
        arguments: [Argument("run", completion: .folders, "A run directory, or the folder of a matrix.")]
    ) { arguments in
        let directory = try RunDirectory(existing: arguments.argument("run") ?? ".")
        let writer = try Installation.find().reportWriter()
        let data = Data(try File.read(directory.file(RunFolder.result)))
        if let batch = try BatchFile.read(data) {
            try writer.write(batch, into: directory.path)
        } else {
            try writer.write(ResultFile.read(data), into: directory.path)
        }
        print(directory.file(RunFolder.report))
        return .pass
    }
}
