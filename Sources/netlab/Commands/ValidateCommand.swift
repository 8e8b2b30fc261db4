import CommandLineKit
import Scenario

/// `netlab validate`: every mistake of every file, without running anything.
enum ValidateCommand {
    static let command = Command(
        "validate",
        summary: "Find every mistake in scenarios without running them.",
        examples: [
            .init("netlab validate Scenarios/*.yaml", "Check some files."),
            .init("netlab validate 10mbit --set link.downlink.loss=5%", "Check a scenario with a setting changed."),
        ],
        options: [ScenarioSource.overrides],
        arguments: [
            Argument(
                "scenario", .repeated(minimum: 1), completion: ScenarioSource.completion,
                "Paths of scenarios, or names of shipped ones.")
        ]
    ) { arguments in
        var status = ExitStatus.pass
        for name in arguments.arguments("scenario") {
            do {
                let scenario = try ScenarioSource.load(name, arguments)
                let runs = scenario.plans.count == 1 ? "1 run" : "\(scenario.plans.count) runs"
                print("\(scenario.path): valid, \(runs)")
            } catch let error as ScenarioError {
                status = ErrorReport(error).write()
            }
        }
        return status
    }
}
