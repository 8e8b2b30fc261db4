package import LabModel

/// What a search says on the terminal.
package struct SearchSummary {
    private let text: TerminalText

    /// With colour on a terminal that shows it.
    package init(colour: Bool) {
        text = TerminalText(colour: colour)
    }

    /// What a search is about to do, in a line.
    ///
    /// - Parameter runs: how many it takes where none is invalid.
    package static func plan(of question: SearchQuestion, runs: Int) -> String {
        TerminalText.plain(
            "\(question.name): \(question.setting) from \(question.from.text) to \(question.to.text) until "
                + "'\(question.until.text)' breaks; about \(runs) runs, \(question.engine.rawValue) engine")
    }

    /// What the runs at one value showed, in a line.
    package static func line(of level: SearchLevel, _ question: SearchQuestion) -> String {
        let median = level.median.map { ", \(question.until.metric) \(question.metricQuantity.text($0))" } ?? ""
        let undecided = level.undecided > 0 ? ", \(level.undecided) invalid or unsupported" : ""
        return TerminalText.plain("\(question.setting)=\(level.at.text): \(level.share) held\(median)\(undecided)")
    }

    /// Why a run is neither held nor failed; nil where it is one of them.
    package static func problem(of result: RunResult) -> String? {
        switch result.verdict {
        case .pass, .fail: nil
        case .invalid, .unsupported: Headline(of: result).reasons.first ?? Headline(of: result).sentence
        }
    }

    /// All values and the answer, ending in a new line; `report` is where the page is.
    package func text(of result: SearchResult, report: String) -> String {
        let words = SearchWords(result)
        let tones: [Verdict: TerminalText.Tone] = [.pass: .good, .fail: .bad, .invalid: .doubt, .unsupported: .strong]
        var lines = table(of: result) + [""]
        lines.append(text.toned(words.headline, tones[words.verdict]) + "  " + TerminalText.plain(words.sentence))
        lines += words.notes.map { "  " + TerminalText.plain($0) }
        lines += ["", "report  " + TerminalText.plain(report)]
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(of result: SearchResult) -> [String] {
        guard !result.levels.isEmpty else { return [] }
        let question = result.question
        let rows = result.levels.sorted { $0.at.value < $1.at.value }.map { level in
            [
                level.at.text, level.share, question.metricQuantity.text(level.median),
                level.undecided > 0 ? "\(level.undecided) invalid or unsupported" : "",
            ]
        }
        let lines = TextColumns.lines(
            [[question.setting, "held", question.until.metric + ", median", ""]] + rows, rightAligned: [0, 1, 2])
        return [text.toned(TerminalText.plain(lines[0]), .faint)] + lines.dropFirst()
    }
}
