import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report
import RunStore

/// `netlab run`: scenarios in, reports and a verdict out.
enum RunCommand {
    static let engine = Option.value(
        "engine", completion: .choices(EngineRequest.allCases.map(\.rawValue)),
        "The kernel to run in: auto, host, embedded or virtual. Otherwise the scenario says, or auto.")
    static let reports = Option.value(
        "reports", placeholder: "folder", default: "Reports", completion: .folders, "Where reports go.")
    static let jobs = Option.value(
        "jobs", short: "j", placeholder: "n", default: "1",
        "Runs side by side, or auto for as many as processors and memory allow.")

    static let command = Command(
        "run",
        summary: "Run scenarios and report what a viewer gets.",
        discussion: """
            Builds the scenario's link in a kernel of its own, streams over it, and writes a report that shows what was \
            asked of the link, what the kernel was told and what was measured on the wire. Nothing on this machine is \
            changed but the folder of reports and the cache.

            A scenario is a file, or the name of a shipped one; letter case does not matter. The first Ctrl-C ends the \
            runs and still writes their reports, the second leaves at once.

            Side by side each run has a kernel of its own, and as many go on as processors and memory allow. Results \
            keep the order of the command line. In real time a run that others may have disturbed is made again alone.
            """,
        examples: [
            .init("netlab run scenarios/10mbit.yaml", "Run one scenario."),
            .init("netlab run lossy --set link.downlink.loss=5%", "Run a shipped scenario with another loss."),
            .init("netlab run 10mbit --engine virtual --json", "As fast as it goes, the result on standard output."),
            .init("netlab run lossy bursty --jobs auto --junit junit.xml", "Side by side, in one report for CI."),
        ],
        options: [
            engine, ScenarioSource.overrides, reports, jobs,
            .value("junit", placeholder: "file", completion: .files, "Write a JUnit document of all runs."),
            .value("summary", placeholder: "file", completion: .files, "Write a Markdown summary of all runs."),
            StallLimit.declaration,
            .flag("json", "Print the results as JSON, and nothing else, on standard output."),
            .flag("quiet", short: "q", "Show no progress."),
        ],
        arguments: [
            Argument(
                "scenario", .repeated(minimum: 1), completion: ScenarioSource.completion,
                "A scenario's path, or the name of a shipped one.")
        ]
    ) { arguments in
        let interrupts = try Interrupts.watch()
        let batch = try RunBatch(arguments, interrupts: interrupts)
        return try batch.run()
    }
}
