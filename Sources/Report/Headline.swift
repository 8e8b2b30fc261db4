package import LabModel

/// The verdict in words and the reasons for it: the same on the page, on the terminal and in the summary.
struct Headline {
    /// One word: `Passed`.
    var word: String
    /// The word's reason in a sentence.
    var sentence: String
    /// What led to it, most important first.
    var reasons: [String]

    init(of result: RunResult) {
        word = result.verdict.word
        switch result.verdict {
        case .pass: (sentence, reasons) = Self.passed(result)
        case .fail: (sentence, reasons) = Self.failed(result)
        case .invalid: (sentence, reasons) = Self.invalid(result)
        case .unsupported: (sentence, reasons) = Self.unsupported(result)
        }
    }

    private static func passed(_ result: RunResult) -> (String, [String]) {
        switch result.expectations.count {
        case 0: ("Nothing was expected of this run, and it can be trusted.", [])
        case 1: ("The one expectation is met, and the run can be trusted.", [])
        case let count: ("All \(count) expectations are met, and the run can be trusted.", [])
        }
    }

    private static func failed(_ result: RunResult) -> (String, [String]) {
        let missed = result.expectations.filter { !$0.passed }
        let count = result.expectations.count
        let verb = missed.count == 1 ? "is" : "are"
        let sentence = "\(missed.count) of \(count) expectation\(count == 1 ? "" : "s") \(verb) not met."
        return (sentence, missed.map { $0.words(in: result) })
    }

    private static func invalid(_ result: RunResult) -> (String, [String]) {
        var reasons: [String] = []
        switch result.run.outcome {
        case .failed(let reason): reasons.append(reason)
        case .interrupted: reasons.append("It was interrupted; what was measured until then is here.")
        case .completed, .unsupported: break
        }
        reasons += result.validity.filter { !$0.passed }.map { "\($0.name): \($0.finding)" }
        return ("This run cannot be trusted, so it has neither passed nor failed.", reasons)
    }

    private static func unsupported(_ result: RunResult) -> (String, [String]) {
        guard case .unsupported(let reason) = result.run.outcome else {
            return ("The engine cannot do what the scenario asks.", [])
        }
        return ("The engine cannot do what the scenario asks; nothing was started.", [reason])
    }
}

extension Verdict {
    /// As a past participle, capitalised.
    var word: String {
        switch self {
        case .pass: "Passed"
        case .fail: "Failed"
        case .invalid: "Invalid"
        case .unsupported: "Unsupported"
        }
    }

    /// Tells verdicts apart where colour does not.
    var symbol: String {
        switch self {
        case .pass: "\u{2713}"
        case .fail: "\u{2717}"
        case .invalid: "!"
        case .unsupported: "\u{2013}"
        }
    }
}

extension ExpectationResult {
    /// The quantity of its metric; a count for a metric that this netlab does not know.
    var quantity: Quantity { Metric.named(expectation.metric)?.quantity ?? .count }

    /// What was measured, in words.
    func finding(in result: RunResult) -> String {
        measured.map { "measured \(quantity.text($0))" } ?? "could not be measured in this run" + reason(in: result)
    }

    /// The line and what was measured.
    func words(in result: RunResult) -> String { "\(expectation.text): \(finding(in: result))" }

    /// What stands in a table in place of the figure.
    func words(ofAbsence result: RunResult) -> String { "not measured" + reason(in: result) }

    private func reason(in result: RunResult) -> String {
        result.reasonAbsent(expectation.metric).map { ": \($0)" } ?? ""
    }
}

extension Plan {
    /// The scenario's name, and what tells this run from its siblings.
    package var title: String { variant.isEmpty ? name : "\(name) (\(variantText))" }

    var variantText: String { variant.map { "\($0.setting): \($0.value)" }.joined(separator: ", ") }
}

extension RunResult {
    var title: String { plan.title }
}
