import CommandLineKit
import Compare
import LabModel
import LinuxKit
import Report
import RunStore

/// `netlab compare`: two or more runs side by side.
enum CompareCommand {
    static let command = Command(
        "compare",
        summary: "Show the figures of several runs side by side.",
        examples: [
            .init("netlab compare Reports/lossy/A Reports/lossy/B", "What changed between two runs?"),
            .init("netlab compare Reports/lossy/A Reports/lossy/B --json", "The same for programs."),
        ],
        options: [.flag("json", "Print the figures as JSON, in base units.")],
        arguments: [Argument("run", .repeated(minimum: 2), completion: .folders, "Run directories.")]
    ) { arguments in
        let results = try arguments.arguments("run").map { path in
            (label: path, result: try RunDirectory(existing: path).result())
        }
        let comparison = try Comparison(of: results)
        let asJSON = arguments.flag("json")
        print(
            asJSON ? String(decoding: try JSONText.pretty(comparison), as: UTF8.self) : comparison.text, terminator: "")
        return .pass
    }
}
