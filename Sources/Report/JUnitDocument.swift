package import LabModel

/// `junit.xml`: a suite for each run, a test case for each validity check and each expectation.
package enum JUnitDocument {
    /// The document of one run or of the runs of one matrix.
    package static func text(of results: [RunResult]) -> String {
        let suites = results.map { suite(of: $0) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + Markup.tag("testsuites", suites).with("name", "netlab").written(as: .xml) + "\n"
    }

    private static func suite(of result: RunResult) -> Markup {
        let cases = cases(of: result)
        func count(_ outcome: String) -> String { String(cases.count { $0.outcome.element == outcome }) }
        var suite = Markup.tag("testsuite", cases.map { $0.markup(class: result.title) })
            .with("name", result.title).with("tests", String(cases.count))
            .with("failures", count("failure")).with("errors", count("error")).with("skipped", count("skipped"))
        if let wall = result.run.harness.wallTime { suite = suite.with("time", wall.seconds.fixed(3)) }
        if let start = result.run.harness.started { suite = suite.with("timestamp", String(start.iso8601.dropLast())) }
        return suite
    }

    private static func cases(of result: RunResult) -> [Case] {
        [Case(name: "the run completes", outcome: outcome(of: result.run.outcome))]
            + result.validity.map { check in
                Case(name: check.name, outcome: check.passed ? .passed : .error(check.finding))
            }
            + result.expectations.map { Case(name: $0.expectation.text, outcome: outcome(of: $0, in: result)) }
    }

    private static func outcome(of run: RunOutcome) -> Case.Outcome {
        switch run {
        case .completed: .passed
        case .interrupted: .error("interrupted")
        case .unsupported(let reason): .skipped(reason)
        case .failed(let reason): .error(reason)
        }
    }

    /// What a run that cannot be trusted measured is neither a pass nor a failure.
    private static func outcome(of line: ExpectationResult, in result: RunResult) -> Case.Outcome {
        switch result.verdict {
        case .invalid: .skipped("not judged, because the run is invalid; \(line.finding(in: result))")
        case .unsupported: .skipped("not judged, because the engine cannot do what the scenario asks")
        case .pass, .fail: line.passed ? .passed : .failure(line.finding(in: result))
        }
    }
}

/// One test case of a suite.
private struct Case {
    enum Outcome {
        case passed
        case failure(String)
        case error(String)
        case skipped(String)

        /// The element that says so; none when it passed.
        var element: String? {
            switch self {
            case .passed: nil
            case .failure: "failure"
            case .error: "error"
            case .skipped: "skipped"
            }
        }

        var message: String {
            switch self {
            case .passed: ""
            case .failure(let message), .error(let message), .skipped(let message): message
            }
        }
    }

    var name: String
    var outcome: Outcome

    func markup(class name: String) -> Markup {
        let children = outcome.element.map { [Markup.tag($0).with("message", outcome.message)] } ?? []
        return Markup.tag("testcase", children).with("classname", name).with("name", self.name)
    }
}
