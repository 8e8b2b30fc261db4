import CommandLineKit
import Engine
import LabModel
import Scenario

/// What every command that takes scenarios shares: where they are found, and how they are named in help.
enum ScenarioSource {
    static let completion = Completion.lines(of: "netlab list --names")

    static let overrides = Option.repeated(
        "set", placeholder: "path=value", "Override a setting of the scenario, such as link.downlink.loss=5%.")

    static let argument = Argument(
        "scenario", completion: completion, "A scenario's path, or the name of a shipped one.")

    static func loader() -> ScenarioLoader {
        // Without an installation there are no shipped scenarios, but a path still works.
        ScenarioLoader(shippedFolder: (try? Installation.find())?.scenarios)
    }

    /// Loads a scenario; its warnings go to standard error. What the engine cannot do is a mistake of the scenario's,
    /// so that the engine asked for counts as one of its settings.
    static func load(
        _ name: String, _ arguments: ParsedArguments, engine: EngineRequest? = nil
    ) throws -> LoadedScenario {
        let overrides = arguments.values("set") + (engine.map { ["engine=\($0.rawValue)"] } ?? [])
        let scenario = try loader().load(name, overrides: overrides)
        show(scenario.warnings)
        return scenario
    }

    static func show(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { ErrorOutput.write(diagnostic.render(on: .error) + "\n") }
    }
}

extension Diagnostic {
    /// The rendered text, with its first line's severity in colour.
    func render(on terminal: Terminal) -> String {
        let colour: Colour = severity == .error ? .red : .yellow
        let plain = "\(place): \(severity.rawValue): "
        let painted = "\(place): " + colour.paint("\(severity.rawValue):", on: terminal) + " "
        return painted + render().dropFirst(plain.count)
    }
}
