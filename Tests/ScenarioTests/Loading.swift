import LabModel

@testable import Scenario

/// What a text gives: a plan, or every mistake as the user sees it.
enum Outcome {
    case plans(LoadedScenario)
    case mistakes(String)

    var plan: Plan? {
        if case .plans(let scenario) = self { scenario.plans.first } else { nil }
    }

    var mistakes: String {
        if case .mistakes(let text) = self { text } else { "" }
    }

    /// What is doubtful but no mistake.
    var warnings: String {
        if case .plans(let scenario) = self {
            scenario.warnings.map { $0.render() }.joined(separator: "\n")
        } else {
            ""
        }
    }
}

enum Repository {
    /// The folder of the package.
    static let root = String(#filePath.dropLast("/Tests/ScenarioTests/Loading.swift".count))
    static let scenarios = root + "/Scenarios"
    static let loader = ScenarioLoader(shippedFolder: scenarios)
}

func load(_ text: String, _ overrides: [String] = []) -> Outcome {
    do {
        return .plans(try Repository.loader.load(text: text, as: "x.yaml", overrides: overrides))
    } catch {
        return .mistakes(described(error))
    }
}

func described(_ error: ScenarioError) -> String {
    switch error {
    case .notFound(let name, let nearest): "no scenario \(name), nearest \(nearest ?? "nothing")"
    case .unreadable(let path, let problem): "cannot read \(path): \(problem.reason)"
    case .invalid(_, let diagnostics): diagnostics.map { $0.render() }.joined(separator: "\n")
    }
}

/// The same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
