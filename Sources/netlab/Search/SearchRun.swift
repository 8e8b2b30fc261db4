import CommandLineKit
import Compare
import Engine
import LabModel
import LinuxKit
import Report
import RunStore
import Scenario

/// A search under way: round by round it makes the runs that its book asks for, and keeps what they show.
struct SearchRun {
    private let options: SearchOptions
    private let interrupts: Interrupts
    private let folder: String
    private let site: RunSite
    private let engine: EngineChoice
    let output: SearchOutput
    private var book: SearchBook

    init(_ options: SearchOptions, interrupts: Interrupts) throws {
        self.options = options
        self.interrupts = interrupts
        let plan = options.scenario.first
        // The folder comes after all that can be refused.
        var site = try RunSite(reports: options.reports)
        engine = site.choose(plan.engine)
        let parent = "\(options.reports)/\(plan.slug)"
        let name = try RunDirectory.makeFolder(in: parent, named: "search-\(RunTime.now())")
        try Directory.link("\(parent)/latest-search", to: name)
        folder = try Directory.resolve("\(parent)/\(name)")
        site.reports = folder
        site.stallLimit = options.stallLimit
        self.site = site
        let question = options.question(on: engine.kind)
        book = SearchBook(question, grid: options.grid)
        output = try SearchOutput(options, question, folder: folder, installation: site.installation)
    }

    /// Searches to the end, or until it is interrupted; what was found is in the folder after each round.
    mutating func perform() throws -> SearchResult {
        output.begin(runs: book.usualCount)
        while !interrupts.wasAsked, case .run(let requests) = book.next {
            try make(requests)
            try output.keep(result)
        }
        return result
    }

    private var result: SearchResult {
        book.result(netlabVersion: Version.current)
    }

    private mutating func make(_ requests: [Bisection.Request]) throws {
        let places = requests.flatMap { Array(repeating: $0.value, count: $0.count) }
        let runs = try requests.flatMap { request in
            try (0..<request.count).map { try run(at: request.value, number: $0) }
        }
        for (run, place) in zip(try finish(runs), places) {
            if let error = run.error, ErrorReport(error).status != .invalid { throw error }
            book.add(trial(of: run, at: place), at: place)
        }
        for request in requests { output.tell(book.level(at: request.value)) }
    }

    private func finish(_ runs: [PlannedRun]) throws -> [FinishedRun] {
        let need = runs.map(\.need).max { $0.bytes < $1.bytes } ?? JobLimit.Need(kernel: ByteCount(0))
        let jobs = JobLimit(options.jobs, runs: runs.count, need: need, machine: .this(reports: folder))
        let display = RunDisplay(plans: runs.map(\.plan), isQuiet: options.isQuiet, isBrief: true)
        let series = RunSeries(runs: runs, site: site, interrupts: interrupts, display: display, jobs: jobs.count)
        var finished = try series.perform { _ in }
        series.repeatDisturbed(&finished) { _ in }
        return finished
    }

    private func run(at place: Int, number: Int) throws -> PlannedRun {
        let value = book.grid.value(at: Double(place))
        var plan = try options.scenario.plan(at: value.value)
        plan.slug = "\(plan.variant.last?.setting.split(separator: ".").last ?? "value")-\(value.text)"
            .replacing("%", with: "pct")
        plan.seed = book.seed(at: place, ahead: number)
        return PlannedRun(plan: plan, scenario: options.scenario.text, engine: engine)
    }

    private func trial(of run: FinishedRun, at place: Int) -> SearchTrial {
        let result = run.result
        return SearchTrial(
            at: book.grid.value(at: Double(place)), seed: result.plan.seed, verdict: result.verdict,
            measured: result.expectations.first?.measured,
            folder: run.directory.map { String($0.path.dropFirst(folder.count + 1)) },
            problem: SearchSummary.problem(of: result))
    }
}
