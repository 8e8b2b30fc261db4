import CommandLineKit
import FoundationEssentials
import Lab
import LabModel
import Scenario

/// `netlab plan`: a scenario made total, without running it.
enum PlanCommand {
    static let command = Command(
        "plan",
        summary: "Show a scenario completed: every run, every default, every unit.",
        examples: [
            .init("netlab plan 10mbit", "What 'netlab run 10mbit' would do."),
            .init("netlab plan my.yaml --json", "The same for programs: an array of plans."),
            .init("netlab plan my.yaml --tc", "A shell script that makes the same lab with ip and tc."),
        ],
        options: [
            .flag("json", "Print the plans as JSON."),
            .flag("tc", "Print the ip and tc commands that make the same lab and change it in time."),
            ScenarioSource.overrides,
        ],
        arguments: [ScenarioSource.argument]
    ) { arguments in
        let scenario = try ScenarioSource.load(arguments.argument("scenario") ?? "", arguments)
        if arguments.flag("json") {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(scenario.plans), as: UTF8.self))
        } else if arguments.flag("tc") {
            print(scenario.plans.map { LabScript(plan: $0).text }.joined(separator: "\n\n"))
        } else {
            print(scenario.plans.map { text(of: $0, scenario) }.joined(separator: "\n\n"))
        }
        return .pass
    }

    private static func text(of plan: Plan, _ scenario: LoadedScenario) -> String {
        let variant = plan.variant.map { "\($0.setting)=\($0.value)" }.joined(separator: " ")
        let title = Colour.bold.paint(plan.name, on: .output) + (variant.isEmpty ? "" : "  [\(variant)]")
        let lines = PlanOutline(plan, given: scenario.given).lines
        let width = lines.map(\.setting.count).max() ?? 0
        let head = [title] + (plan.description.map { [$0] } ?? []) + [""]
        return (head + lines.map { row($0, width) }).joined(separator: "\n")
    }

    private static func row(_ line: PlanOutline.Line, _ width: Int) -> String {
        let notes = [line.isDefault ? "default" : nil, line.note].compactMap { $0 }
        let suffix = notes.isEmpty ? "" : "  " + Colour.faint.paint("(\(notes.joined(separator: "; ")))", on: .output)
        return "  " + line.setting + String(repeating: " ", count: width - line.setting.count + 2) + line.value + suffix
    }
}
