import CommandLineKit
import Compare
import Engine
import FoundationEssentials
import LabModel
import LinuxKit
import Report
import RunStore

/// `netlab compare`: two or more runs side by side.
enum CompareCommand {
    static let command = Command(
        "compare",
        summary: "Hold several runs against each other.",
        discussion: """
            Takes run directories, their result.json, and folders of a matrix, which stand for all of its runs. Shows \
            what a viewer got of each contender (a protocol, with what else of the pipeline differs) under each condition \
            (a link and its timeline), and a sentence for each difference that the figures show. Runs of the same that \
            differ in their seed are taken together: medians, and from the least to the greatest. Says where links or \
            media are not the same.

            Up to four runs are also shown metric by metric; whether all are identical is said of any number.
            """,
        examples: [
            .init("netlab compare Reports/lossy/A Reports/lossy/B", "What changed between two runs?"),
            .init("netlab compare rtp-run srt-run hls-run --html compared.html", "The same, on a page with pictures."),
            .init("netlab compare Reports/lossy/A Reports/lossy/B --json", "The same for programs."),
        ],
        options: [
            .flag("json", "Print the figures as JSON, in base units."),
            .value("html", placeholder: "file", completion: .files, "Write the page that shows them, over time too."),
        ],
        arguments: [Argument("run", .repeated(minimum: 1), completion: .folders, "Run directories.")]
    ) { arguments in
        if let page = arguments.value("html") { try Directory.make(Directory.parent(of: page)) }
        let compared = try ComparedRuns(arguments.arguments("run"), page: arguments.value("html"))
        if arguments.flag("json") {
            print(String(decoding: try JSONText.pretty(compared), as: UTF8.self), terminator: "")
        } else {
            print(compared.text, terminator: "")
        }
        if let page = arguments.value("html") {
            try Installation.find().reportWriter().writePage(of: compared.batch, to: page)
        }
        return .pass
    }
}
