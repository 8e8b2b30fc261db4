import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report
import RunStore
import Scenario

/// The runs of one command line, side by side or one after another, and the status they end with together.
struct RunBatch {
    private let runs: [PlannedRun]
    /// How many of them each scenario makes.
    private let scenarios: [Int]
    private let site: RunSite
    private let interrupts: Interrupts
    private let display: RunDisplay
    private let output: BatchOutput
    private let jobs: JobLimit
    private let isQuiet: Bool

    /// Reads every scenario before anything runs, so that a mistake in the last one costs no waiting.
    init(_ arguments: ParsedArguments, interrupts: Interrupts) throws {
        let request = try arguments.jobRequest()
        let engine = try arguments.engineRequest()
        var site = try RunSite(reports: arguments.value("reports") ?? "Reports")
        site.stallLimit = try arguments.stallLimit() ?? StallLimit.usual
        let scenarios = try arguments.arguments("scenario").map {
            try ScenarioSource.load($0, arguments, engine: engine)
        }
        output = try BatchOutput(arguments)
        isQuiet = arguments.flag("quiet") || output.isJSON
        display = RunDisplay(plans: scenarios.flatMap(\.plans), isQuiet: isQuiet)
        runs = Self.planned(scenarios, at: site)
        self.scenarios = scenarios.map(\.plans.count)
        let need = runs.map(\.need).max { $0.bytes < $1.bytes }
        jobs = JobLimit(
            request, runs: runs.count, need: need ?? JobLimit.Need(kernel: ByteCount(0)),
            machine: .this(reports: site.reports))
        self.site = site
        self.interrupts = interrupts
    }

    /// An engine is chosen once for all that ask for the same: choosing tries them.
    private static func planned(_ scenarios: [LoadedScenario], at site: RunSite) -> [PlannedRun] {
        var choices: [EngineRequest: EngineChoice] = [:]
        return scenarios.flatMap { scenario in
            scenario.plans.map { plan in
                let choice = choices[plan.engine] ?? site.choose(plan.engine)
                choices[plan.engine] = choice
                return PlannedRun(plan: plan, scenario: scenario.text, engine: choice)
            }
        }
    }

    func run() throws -> CommandLineKit.ExitStatus {
        if let reason = jobs.reason {
            display.say("netlab: \(jobs.count == 1 ? "one run" : "\(jobs.count) runs") at a time: \(reason)\n")
        }
        let start = Clock.monotonic()
        let series = RunSeries(runs: runs, site: site, interrupts: interrupts, display: display, jobs: jobs.count)
        var finished = try series.perform { run in
            present(run)
            if run.disturbance != nil, !isQuiet {
                display.say("It is tried again alone when the others have ended.\n\n")
            }
        }
        series.repeatDisturbed(&finished, present: present)
        let obstacle = finished.first(where: \.isAboutThisMachine)?.error
        finished.removeAll(where: \.isAboutThisMachine)
        let time = TimeSpan(nanoseconds: Clock.monotonic() - start)
        try output.write(finished, try batches(finished), planned: runs.count, wallTime: time, to: display)
        if let error = obstacle ?? (runs.count == 1 ? finished.first?.error : nil) { throw error }
        return interrupts.wasAsked ? .interrupted : .worst(of: finished.map(\.status))
    }

    /// What the runs of each scenario that has several show together; `finished` has the first of all.
    private func batches(_ finished: [FinishedRun]) throws -> [(batch: BatchResult, page: String)] {
        let report = BatchReport(writer: try site.installation.reportWriter(), reports: site.reports)
        var rest = finished[...]
        return try scenarios.compactMap { count in
            defer { rest = rest.dropFirst(count) }
            return count > 1 ? try report.write(Array(rest.prefix(count))) : nil
        }
    }

    /// A single run's error ends the command and is said there.
    private func present(_ run: FinishedRun) {
        if let directory = run.directory {
            output.summarize(run.result, in: directory, among: runs.count, on: display)
        } else if let error = run.error, !run.isAboutThisMachine, runs.count > 1 {
            display.say("\(run.result.plan.title)\n" + ErrorReport(error).render(on: .error))
        }
    }
}

extension CommandLineKit.ExitStatus {
    /// Of several runs the worst counts: a failure is certain, what could not be run may hide one.
    static func worst(of statuses: [Self]) -> Self {
        [.fail, .bug, .badInput, .invalid, .unsupported].first { statuses.contains($0) } ?? .pass
    }
}

extension Verdict {
    /// The status of a command whose run had this verdict.
    var exitStatus: CommandLineKit.ExitStatus {
        switch self {
        case .pass: .pass
        case .fail: .fail
        case .invalid: .invalid
        case .unsupported: .unsupported
        }
    }
}
