package import LabModel

/// `summary.md`: a short table of each run, as GitHub and GitLab show it beside a job.
package enum MarkdownSummary {
    /// The summary of one run, or of several with a table of all before them.
    package static func text(of results: [RunResult]) -> String {
        ((results.count > 1 ? [overview(of: results)] : []) + results.map { text(of: $0) }).joined(separator: "\n")
    }

    private static func overview(of results: [RunResult]) -> String {
        let overview = BatchOverview(results)
        let head = [
            row(["Run", "Verdict"] + overview.figures),
            "|---|---|" + String(repeating: "--:|", count: overview.figures.count),
        ]
        return (head + overview.rows.map { row([$0.title, $0.verdict] + $0.values) }).joined(separator: "\n") + "\n"
    }

    private static func text(of result: RunResult) -> String {
        let headline = Headline(of: result)
        var lines = [
            "## \(result.verdict.symbol) \(escaped(result.title)): \(headline.word)", "", headline.sentence, "",
        ]
        lines += headline.reasons.map { "- \(escaped($0))" }
        if !headline.reasons.isEmpty { lines.append("") }
        lines += proofs(of: result) + figures(of: result)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func proofs(of result: RunResult) -> [String] {
        guard !result.proofs.isEmpty else { return [] }
        let head = ["| Link | Asked | Applied | Predicted | Measured | Error | |", "|---|--:|--:|--:|--:|--:|---|"]
        let rows = ProofGroup.groups(of: result.proofs).flatMap { group in
            group.proofs.map { proof in
                let words = ProofWords(proof)
                return row(
                    [
                        "\(group.title): \(words.name)", words.asked, words.applied, words.predicted, words.measured,
                        words.error,
                        "\(proof.judgement.symbol) \(words.judgement)",
                    ])
            }
        }
        return head + rows + [""]
    }

    private static func figures(of result: RunResult) -> [String] {
        let figures = KeyFigure.figures(of: result)
        guard !figures.isEmpty else { return [] }
        return ["| Figure | Value | |", "|---|--:|---|"]
            + figures.map { row([$0.name, $0.value, $0.note ?? ""]) } + [""]
    }

    static func row(_ cells: [String]) -> String {
        "| " + cells.map(escaped).joined(separator: " | ") + " |"
    }

    /// Text that no character of ends a cell, a line or the text itself: HTML and Markdown alike are taken literally.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "|", "`", "*", "_", "[", "]", "\\", "#", "~": result += "\\\(scalar)"
            case "\0"..."\u{1F}", "\u{7F}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
