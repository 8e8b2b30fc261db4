import Glibc
import LabModel
import Testing

@testable import Compare

/// Searches over a simulated scenario whose threshold is known.
@Suite struct SearchBookTests {
    private static func value(_ value: Double) -> SettingValue { SettingValue(value, "\(value)") }

    /// From 0 to 1 or back, in `steps` steps.
    private func book(isBackwards: Bool = false, steps: Int = 64, repeats: Int = 3, seed: UInt64 = 1) -> SearchBook {
        let (from, to) = isBackwards ? (1.0, 0.0) : (0.0, 1.0)
        let question = SearchQuestion(
            scenario: "x", name: "X", overrides: [], setting: "link.downlink.loss", quantity: .ratio,
            from: Self.value(from), to: Self.value(to), precision: 1 / Double(steps), repeats: repeats,
            until: LabModel.Expectation(
                metric: "player.stall.total", comparison: .less, limit: 1, text: "player.stall.total < 1s"),
            engine: .virtual, seed: seed)
        return SearchBook(
            question, grid: SearchGrid(from: from, to: to, precision: 1 / Double(steps), written: Self.value))
    }

    private func trial(_ verdict: Verdict, at value: SettingValue, seed: UInt64 = 1) -> SearchTrial {
        SearchTrial(
            at: value, seed: seed, verdict: verdict, measured: verdict == .pass ? 0.5 : 2, folder: nil,
            problem: verdict == .invalid ? "busy" : nil)
    }

    /// Makes every run that the book asks for; `holds` answers for a value.
    private func search(_ book: inout SearchBook, holds: (Double) -> Verdict) {
        while case .run(let requests) = book.next {
            for request in requests {
                for _ in 0..<request.count {
                    let value = book.grid.value(at: Double(request.value))
                    book.add(trial(holds(value.value), at: value), at: request.value)
                }
            }
        }
    }

    struct Response: CustomTestStringConvertible {
        /// Of the logistic function, as a share of the range.
        var width: Double
        var isBackwards = false
        /// The mean width of the interval, at most; nothing is gained by an interval that is always the whole range.
        var widest: Double
        var testDescription: String { "width \(width)\(isBackwards ? ", backwards" : "")" }
    }

    /// Widths of the intervals in the same simulation, written down in another language: 0.03, 0.18, 0.30, 0.44.
    @Test(arguments: [
        Response(width: 0.0005, widest: 0.05), Response(width: 0.02, widest: 0.25),
        Response(width: 0.05, isBackwards: true, widest: 0.4), Response(width: 0.1, widest: 0.55),
    ])
    func `the interval covers the threshold`(response: Response) throws {
        var random = RepeatableRandom(seed: 5)
        var (found, covered, width) = (0, 0, 0.0)
        for _ in 0..<400 {
            let threshold = 0.1 + 0.8 * random.uniform()
            var book = book(isBackwards: response.isBackwards)
            search(&book) { value in
                random.uniform() < 1 / (1 + exp((value - threshold) / response.width)) ? .pass : .fail
            }
            let result = book.result(netlabVersion: "1")
            guard result.finding.outcome == .found else { continue }
            let answer = try #require(result.finding.threshold)
            found += 1
            covered += (answer.low.value...answer.high.value).contains(threshold) ? 1 : 0
            width += answer.high.value - answer.low.value
        }
        #expect(found > 350)
        // Three standard errors of 95 % in 400 searches are 3.3 points.
        #expect(Double(covered) / Double(found) > 0.95 - 0.033)
        #expect(width / Double(found) < response.widest)
    }

    @Test(arguments: [false, true])
    func `a sharp threshold is found as near as asked`(isBackwards: Bool) throws {
        for place in [0.004, 0.3, 0.5, 0.997] {
            var book = book(isBackwards: isBackwards)
            search(&book) { $0 < place ? .pass : .fail }
            let result = book.result(netlabVersion: "1")
            let answer = try #require(result.finding.threshold)
            #expect(abs(answer.estimate.value - place) <= 1.0 / 64)
            #expect(answer.holdsAt.value == 0)
            #expect((answer.low.value...answer.high.value).contains(place))
            #expect(result.finding.monotone)
            #expect(result.trials.count <= book.usualCount)
            #expect(result.levels.allSatisfy { $0.median == ($0.held > 0 ? 0.5 : 2) })
        }
    }

    struct Ending: CustomTestStringConvertible {
        var testDescription: String
        var verdict: @Sendable (Double) -> Verdict
        var outcome: SearchFinding.Outcome
        var problem: String?
    }

    @Test(arguments: [
        Ending(testDescription: "holds everywhere", verdict: { _ in .pass }, outcome: .holdsAtBothEnds),
        Ending(testDescription: "holds nowhere", verdict: { _ in .fail }, outcome: .holdsAtNeitherEnd),
        Ending(
            testDescription: "one value is always invalid",
            verdict: { $0 == 0.5 ? .invalid : $0 < 0.4 ? .pass : .fail }, outcome: .invalid,
            problem: "6 of 6 runs at 0.5 were invalid: busy"),
        Ending(
            testDescription: "nothing is supported", verdict: { _ in .unsupported }, outcome: .unsupported,
            problem: "6 of 6 runs at 0.0 were unsupported"),
    ])
    func `ends where there is no threshold to find`(given: Ending) {
        var book = book()
        search(&book, holds: given.verdict)
        let result = book.result(netlabVersion: "1")
        #expect(result.finding.outcome == given.outcome)
        #expect(result.finding.problem == given.problem)
        #expect((result.finding.threshold != nil) == (given.outcome == .invalid))
    }

    @Test func `keeps what an interrupted search has found`() throws {
        var book = book()
        guard case .run(let requests) = book.next else { throw Unasked() }
        for request in requests {
            for _ in 0..<request.count {
                let value = book.grid.value(at: Double(request.value))
                book.add(trial(value.value < 0.5 ? .pass : .fail, at: value), at: request.value)
            }
        }
        let result = book.result(netlabVersion: "1")
        #expect(result.finding.outcome == .interrupted)
        #expect(result.finding.threshold?.estimate.value == 0.5)
        #expect(result.levels.map(\.held) == [3, 0])
    }

    private struct Unasked: Error {}

    @Test func `every run has a seed of its own, the same each time`() {
        let book = book(seed: 7)
        let seeds = (0...64).flatMap { place in (0..<6).map { book.seed(at: place, ahead: $0) } }
        #expect(Set(seeds).count == seeds.count)
        #expect(seeds.allSatisfy { $0 <= UInt64(UInt32.max) })
        let (again, other) = (self.book(seed: 7), self.book(seed: 8))
        #expect(again.seed(at: 3, ahead: 1) == book.seed(at: 3, ahead: 1))
        #expect(other.seed(at: 3, ahead: 1) != book.seed(at: 3, ahead: 1))
    }

    struct Grid: CustomTestStringConvertible {
        var testDescription: String
        var from: Double
        var to: Double
        var precision: Double
        var steps: Int
        /// At the second place and the last but one.
        var near: (Double, Double)
    }

    @Test(arguments: [
        Grid(testDescription: "even", from: 0, to: 20, precision: 0.5, steps: 40, near: (0.5, 19.5)),
        Grid(testDescription: "down", from: 10, to: 2, precision: 2, steps: 4, near: (8, 4)),
        Grid(testDescription: "a last step that is shorter", from: 0, to: 10, precision: 3, steps: 4, near: (3, 9)),
        Grid(testDescription: "a tenth", from: 0, to: 0.3, precision: 0.1, steps: 3, near: (0.1, 0.2)),
        Grid(testDescription: "one step", from: 0, to: 1, precision: 1, steps: 1, near: (1, 0)),
    ])
    func `the grid has multiples of the precision`(given: Grid) {
        let grid = SearchGrid(from: given.from, to: given.to, precision: given.precision, written: Self.value)
        #expect(grid.steps == given.steps)
        #expect(grid.value(at: 0).value == given.from)
        #expect(grid.value(at: Double(grid.steps)).value == given.to)
        #expect(abs(grid.value(at: 1).value - given.near.0) < 1e-12)
        #expect(abs(grid.value(at: Double(grid.steps - 1)).value - given.near.1) < 1e-12)
    }
}
