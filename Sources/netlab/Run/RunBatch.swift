import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report
import RunStore
import Scenario

/// The runs of one command line, one after another, and the status they end with together.
struct RunBatch {
    private let scenarios: [LoadedScenario]
    private let site: RunSite
    private let interrupts: Interrupts
    private let printsJSON: Bool
    private let isQuiet: Bool

    /// Reads every scenario before anything runs, so that a mistake in the last one costs no waiting.
    init(_ arguments: ParsedArguments, interrupts: Interrupts) throws {
        site = try RunSite(reports: arguments.value("reports") ?? "Reports")
        let engine = try arguments.engineRequest()
        scenarios = try arguments.arguments("scenario").map { try ScenarioSource.load($0, arguments, engine: engine) }
        self.interrupts = interrupts
        printsJSON = arguments.flag("json")
        isQuiet = arguments.flag("quiet") || printsJSON
    }

    func run() throws -> CommandLineKit.ExitStatus {
        var results: [RunResult] = []
        for scenario in scenarios {
            for plan in scenario.plans where !interrupts.wasAsked {
                results.append(try run(plan, of: scenario))
            }
        }
        if printsJSON { try print(results) }
        return interrupts.wasAsked ? .interrupted : Verdict.exitStatus(of: results.map(\.verdict))
    }

    private func run(_ plan: Plan, of scenario: LoadedScenario) throws -> RunResult {
        let display = RunDisplay(plan: plan, isQuiet: isQuiet)
        let run = ScenarioRun(
            plan: plan, scenario: scenario.text, site: site, display: display, interrupts: interrupts)
        defer { display.end() }
        let (directory, result) = try run.perform()
        display.end()
        if !printsJSON {
            let summary = TerminalSummary(colour: Terminal.output.hasColour)
            Swift.print(summary.text(of: result, report: directory.file(RunFolder.report)), terminator: "")
        }
        return result
    }

    /// One result is an object, several are a list.
    private func print(_ results: [RunResult]) throws {
        let text = results.count == 1 ? try JSONText.pretty(results[0]) : try JSONText.pretty(results)
        Swift.print(String(decoding: text, as: UTF8.self), terminator: "")
    }
}

extension Verdict {
    /// Of several runs the worst counts: a failure is certain, an invalid run may hide one.
    static func exitStatus(of verdicts: [Verdict]) -> CommandLineKit.ExitStatus {
        if verdicts.contains(.fail) { return .fail }
        if verdicts.contains(.invalid) { return .invalid }
        return verdicts.contains(.unsupported) ? .unsupported : .pass
    }
}

extension ParsedArguments {
    /// The engine that `--engine` asks for.
    func engineRequest() throws(UsageError) -> EngineRequest? {
        guard let name = value("engine") else { return nil }
        guard let request = EngineRequest(rawValue: name) else {
            throw .invalidValue(
                slot: "--engine", value: name,
                expected: "one of " + EngineRequest.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return request
    }
}
