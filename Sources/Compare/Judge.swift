package import LabModel

/// Decides what became of a run.
package enum Judge {
    /// `result` with its expectations evaluated and its verdict set.
    ///
    /// An expectation whose metric the run could not measure is not met. A run that is not what was asked, or that
    /// cannot be trusted, is invalid whatever its figures are.
    package static func judge(_ result: RunResult) -> RunResult {
        var judged = result
        judged.expectations = result.plan.expectations.map { evaluate($0, in: result) }
        judged.verdict = verdict(of: judged)
        return judged
    }

    private static func evaluate(_ expectation: Expectation, in result: RunResult) -> ExpectationResult {
        let read = Metric.named(expectation.metric)?.read(result)
        let measured = read.flatMap { $0.isFinite ? $0 : nil }
        return ExpectationResult(
            expectation: expectation, measured: measured,
            passed: measured.map { expectation.comparison.holds($0, expectation.limit) } ?? false)
    }

    private static func verdict(of result: RunResult) -> Verdict {
        switch result.run.outcome {
        case .unsupported: .unsupported
        case .failed, .interrupted: .invalid
        case .completed where result.validity.contains { !$0.passed }: .invalid
        case .completed: result.expectations.allSatisfy(\.passed) ? .pass : .fail
        }
    }
}

extension Expectation.Comparison {
    func holds(_ measured: Double, _ limit: Double) -> Bool {
        switch self {
        case .less: measured < limit
        case .lessOrEqual: measured <= limit
        case .greater: measured > limit
        case .greaterOrEqual: measured >= limit
        case .equal: measured == limit
        }
    }
}
