import CommandLineKit
import Compare
import Engine
import LabModel
import Scenario

/// What a command line asks a search for, read and checked.
struct SearchOptions {
    let scenario: VariedScenario
    let grid: SearchGrid
    let repeats: Int
    let jobs: JobLimit.Request
    let stallLimit: TimeSpan
    let reports: String
    let isJSON: Bool
    let isQuiet: Bool
    private let name: String
    private let overrides: [String]

    init(_ arguments: ParsedArguments) throws {
        repeats = try arguments.integer("repeats", in: 1...100) ?? 3
        jobs = try arguments.jobRequest()
        stallLimit = try arguments.stallLimit() ?? StallLimit.usual
        reports = arguments.value("reports") ?? "Reports"
        isJSON = arguments.flag("json")
        isQuiet = arguments.flag("quiet") || isJSON
        name = arguments.argument("scenario") ?? ""
        let engine = try arguments.engineRequest().map { ["engine=\($0.rawValue)"] } ?? []
        overrides = arguments.values("set")
        let range = VariedRange(
            setting: try Self.needed("vary", arguments), from: try Self.needed("from", arguments),
            to: try Self.needed("to", arguments), until: try Self.needed("until", arguments))
        scenario = try ScenarioSource.loader().vary(name, range, overrides: overrides + engine)
        grid = try Self.grid(of: scenario, precision: arguments.value("precision"))
    }

    /// What is searched for, by an engine of this kind.
    func question(on engine: EngineKind) -> SearchQuestion {
        let plan = scenario.first
        return SearchQuestion(
            scenario: name, name: plan.name, overrides: overrides, setting: scenario.setting,
            quantity: scenario.quantity.quantity, from: grid.value(at: 0), to: grid.value(at: Double(grid.steps)),
            precision: grid.precision, repeats: repeats,
            until: plan.expectations[0], engine: engine, seed: plan.seed)
    }

    private static func needed(_ option: String, _ arguments: ParsedArguments) throws(UsageError) -> String {
        guard let text = arguments.value(option) else {
            throw .rule(
                "a search needs --\(option)",
                hint: "such as --vary link.downlink.loss --from 0% --to 20% --until 'player.stall.total < 1s'")
        }
        return text
    }

    private static func grid(of scenario: VariedScenario, precision: String?) throws(UsageError) -> SearchGrid {
        let quantity = scenario.quantity
        let range = (scenario.to - scenario.from).magnitude
        var step = max(range / Double(SearchGrid.usualSteps), quantity.grain)
        if let precision {
            guard let asked = quantity.value(of: precision), asked >= quantity.grain else {
                throw .invalidValue(
                    slot: "--precision <value>", value: precision,
                    expected: "\(quantity.description), \(quantity.text(of: quantity.grain)) at least")
            }
            guard range / asked <= Double(SearchGrid.mostSteps) else {
                throw .rule("--precision \(precision) fits more than \(SearchGrid.mostSteps) times into the range")
            }
            step = min(asked, range)
        }
        return SearchGrid(from: scenario.from, to: scenario.to, precision: step) { value in
            let text = quantity.text(of: value)
            return SettingValue(quantity.value(of: text) ?? value, text)
        }
    }
}
