import Compare
import LabModel
import Testing

@Suite struct JudgeTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var outcome = RunOutcome.completed
        var checks: [Bool] = [true]
        /// Limits of `player.stall.total < limit` in seconds; the sample stalls for 0.5 s.
        var limits: [Double] = []
        var metric = "player.stall.total"
        var verdict: Verdict
    }

    @Test(arguments: [
        Case(testDescription: "nothing expected", verdict: .pass),
        Case(testDescription: "met", limits: [0.6], verdict: .pass),
        Case(testDescription: "one of two not met", limits: [0.6, 0.4], verdict: .fail),
        Case(testDescription: "at the limit is not below it", limits: [0.5], verdict: .fail),
        Case(testDescription: "metric that was not measured", limits: [1], metric: "avsync.p95", verdict: .fail),
        Case(testDescription: "metric that does not exist", limits: [1], metric: "no.such", verdict: .fail),
        Case(testDescription: "check failed, all met", checks: [true, false], limits: [0.6], verdict: .invalid),
        Case(testDescription: "check failed, one not met", checks: [false], limits: [0.1], verdict: .invalid),
        Case(testDescription: "interrupted", outcome: .interrupted, limits: [0.6], verdict: .invalid),
        Case(testDescription: "failed", outcome: .failed(reason: "no"), verdict: .invalid),
        Case(
            testDescription: "unsupported", outcome: .unsupported(reason: "no"), checks: [false], verdict: .unsupported),
    ])
    func `judges a run`(given: Case) {
        var result = SmallResult.make()
        result.run.outcome = given.outcome
        result.validity = given.checks.map { ValidityCheck(name: "check", passed: $0, finding: "found") }
        result.plan.expectations = given.limits.map {
            LabModel.Expectation(metric: given.metric, comparison: .less, limit: $0, text: "\(given.metric) < \($0)")
        }
        let judged = Judge.judge(result)
        #expect(judged.verdict == given.verdict)
        #expect(judged.expectations.count == given.limits.count)
    }

    @Test func `what was not measured is absent, never zero`() throws {
        var result = SmallResult.make()
        result.plan.expectations = [
            LabModel.Expectation(metric: "avsync.p95", comparison: .less, limit: 1, text: "avsync.p95 < 1s")
        ]
        let line = try #require(Judge.judge(result).expectations.first)
        #expect(line.measured == nil)
        #expect(!line.passed)
    }

    struct Comparing: CustomTestStringConvertible {
        var comparison: LabModel.Expectation.Comparison
        /// For 0.4, 0.5 and 0.6 against the 0.5 that was measured.
        var holds: [Bool]
        var testDescription: String { comparison.rawValue }
    }

    @Test(arguments: [
        Comparing(comparison: .less, holds: [false, false, true]),
        Comparing(comparison: .lessOrEqual, holds: [false, true, true]),
        Comparing(comparison: .greater, holds: [true, false, false]),
        Comparing(comparison: .greaterOrEqual, holds: [true, true, false]),
        Comparing(comparison: .equal, holds: [false, true, false]),
    ])
    func `knows every comparison`(comparing: Comparing) {
        var result = SmallResult.make()
        result.plan.expectations = [0.4, 0.5, 0.6].map {
            LabModel.Expectation(metric: "player.stall.total", comparison: comparing.comparison, limit: $0, text: "")
        }
        #expect(Judge.judge(result).expectations.map(\.passed) == comparing.holds)
    }
}
