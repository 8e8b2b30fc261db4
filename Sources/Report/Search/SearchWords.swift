import LabModel

/// A search's answer in words: the same on the page and on the terminal.
struct SearchWords {
    /// In a word or two: `Threshold found`.
    var headline: String
    /// The answer in a sentence.
    var sentence: String
    /// What to know of it.
    var notes: [String]
    /// How it looks: as a run with this verdict does.
    var verdict: Verdict

    init(_ result: SearchResult) {
        let finding = result.finding
        let question = result.question
        (headline, verdict) = Self.headline(of: finding.outcome)
        sentence = Self.sentence(finding, question)
        notes = [finding.problem].compactMap(\.self)
        if let threshold = finding.threshold {
            if finding.outcome != .found { notes.append("So far: " + Self.answer(threshold, question)) }
            if [threshold.low, threshold.high].contains(where: { $0 == question.from || $0 == question.to }) {
                notes.append(
                    "The interval reaches an end of the range: more repeats narrow it, and a wider range may move it.")
            }
        }
        notes += Self.contradictions(result)
    }

    private static func headline(of outcome: SearchFinding.Outcome) -> (String, Verdict) {
        switch outcome {
        case .found: ("Threshold found", .pass)
        case .holdsAtBothEnds, .holdsAtNeitherEnd: ("No threshold in the range", .fail)
        case .invalid: ("Invalid", .invalid)
        case .unsupported: ("Unsupported", .unsupported)
        case .interrupted: ("Interrupted", .invalid)
        }
    }

    private static func sentence(_ finding: SearchFinding, _ question: SearchQuestion) -> String {
        let ends = "\(question.from.text) and \(question.to.text)"
        return switch finding.outcome {
        case .found: finding.threshold.map { answer($0, question) } ?? ""
        case .holdsAtBothEnds:
            "'\(question.until.text)' holds at both ends of \(question.setting), \(ends): widen the range."
        case .holdsAtNeitherEnd:
            "'\(question.until.text)' holds at neither end of \(question.setting), \(ends): widen the range."
        case .invalid: "Too many runs were invalid; what was measured until then is kept."
        case .unsupported: "The engine cannot do what the scenario asks."
        case .interrupted: "It was interrupted; what was measured until then is kept."
        }
    }

    private static func answer(_ threshold: SearchFinding.Threshold, _ question: SearchQuestion) -> String {
        let isUpTo = threshold.holdsAt.value < threshold.estimate.value
        let percent = (threshold.confidence * 100).fixed(0)
        return "'\(question.until.text)' holds \(isUpTo ? "up to" : "from") \(question.setting) = "
            + "\(threshold.estimate.text)\(isUpTo ? "" : " on") "
            + "(\(percent) % interval \(threshold.low.text) to \(threshold.high.text))."
    }

    private static func contradictions(_ result: SearchResult) -> [String] {
        let odd = result.levels.filter(\.contradicts).map { "\($0.at.text) (\($0.held) of \($0.decided) held)" }
        guard !odd.isEmpty else { return [] }
        return [
            "Not monotone: most runs at \(odd.joined(separator: ", ")) say the opposite of that side of the threshold."
        ]
    }
}

extension SearchLevel {
    /// Such as `2 of 3`.
    var share: String { "\(held) of \(decided)" }
}

extension SearchQuestion {
    /// What its metric measures.
    var metricQuantity: Quantity { Metric.named(until.metric)?.quantity ?? .count }
}
