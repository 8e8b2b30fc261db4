import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report
import RunStore

/// `netlab report`: the reports of a run once more, from its `result.json`.
enum ReportCommand {
    static let command = Command(
        "report",
        summary: "Write the reports of a finished run again.",
        discussion: "Makes report.html, junit.xml and summary.md from result.json, with the page of this version.",
        examples: [.init("netlab report Reports/10mbit/latest", "Write the newest run's report again.")],
        arguments: [Argument("run", completion: .folders, "A run directory.")]
    ) { arguments in
        let directory = try RunDirectory(existing: arguments.argument("run") ?? ".")
        let result = try directory.result()
        try Installation.find().reportWriter().write(result, into: directory.path)
        print(directory.file(RunFolder.report))
        return .pass
    }
}
