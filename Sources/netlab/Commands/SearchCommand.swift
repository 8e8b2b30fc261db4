import CommandLineKit
import LabModel
import Scenario

/// `netlab search`: where a scenario breaks.
enum SearchCommand {
    static let command = Command(
        "search",
        summary: "Find the value of a setting at which an expectation breaks.",
        discussion: """
            Tries both ends of the range, then halves it by the majority of several runs at each value, each with a seed \
            of its own, and repeats the two values between which it turns. Reports the threshold, at which the \
            expectation holds in half of the runs, with its 95 % interval, and the curve on one page that links to the \
            report of every run. What the scenario itself expects counts for nothing here.

            A search takes dozens of runs: in virtual time they take seconds each, and a busy machine changes none of them.

            Exit status: 0 a threshold was found, 1 the range has none, 2 too many runs were invalid.
            """,
        examples: [
            .init(
                "netlab search lossy --vary link.downlink.loss --from 0% --to 20% --until 'player.stall.total<1s' "
                    + "--engine virtual", "How much loss does it bear?"),
            .init(
                "netlab search narrow --vary link.downlink.rate --from 10mbit --to 1mbit --until 'player.late<=0' "
                    + "--precision 100kbit --jobs auto", "How much rate does it need?"),
        ],
        options: [
            .value("vary", placeholder: "path", "The setting to vary, as --set has it; its value is a quantity."),
            .value("from", placeholder: "value", "One end of the range."),
            .value("to", placeholder: "value", "The other end; either one may be the good one."),
            .value("until", placeholder: "expectation", "What has to hold, as in the scenario's 'expect'."),
            .value("repeats", placeholder: "n", default: "3", "Runs at each value, from 1 to 100."),
            .value(
                "precision", placeholder: "value",
                "How near two values may be; a 64th of the range when left out."),
            RunCommand.engine, ScenarioSource.overrides, RunCommand.reports, RunCommand.jobs, StallLimit.declaration,
            .flag("json", "Print the result as JSON, and nothing else, on standard output."),
            .flag("quiet", short: "q", "Show no progress."),
        ],
        arguments: [ScenarioSource.argument]
    ) { arguments in
        let interrupts = try Interrupts.watch()
        let options = try SearchOptions(arguments)
        ScenarioSource.show(options.scenario.warnings)
        var search = try SearchRun(options, interrupts: interrupts)
        let result = try search.perform()
        try search.output.end(result)
        return result.finding.outcome.exitStatus
    }
}

extension SearchFinding.Outcome {
    /// The status of a search that came to this.
    fileprivate var exitStatus: CommandLineKit.ExitStatus {
        switch self {
        case .found: .pass
        case .holdsAtBothEnds, .holdsAtNeitherEnd: .fail
        case .invalid: .invalid
        case .unsupported: .unsupported
        case .interrupted: .interrupted
        }
    }
}
