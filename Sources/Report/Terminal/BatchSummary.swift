package import LabModel

/// What a command with several runs says on the terminal when all have ended: a line for each.
package struct BatchSummary {
    private let text: TerminalText

    /// With colour on a terminal that shows it.
    package init(colour: Bool) {
        text = TerminalText(colour: colour)
    }

    /// The table and the count beneath it, ending in a new line.
    ///
    /// - Parameters:
    ///   - reports: where each result's page is; nil where there is none.
    ///   - planned: runs that there were to be, those that never began included.
    package func text(of results: [RunResult], reports: [String?], planned: Int, wallTime: TimeSpan) -> String {
        let overview = BatchOverview(results)
        let rows = zip(overview.rows, reports).map { row, report in
            [row.title, row.verdict] + row.values + [report ?? ""]
        }
        let head = ["run", "verdict"] + overview.figures.map { $0.lowercased() } + ["report"]
        let lines = TextColumns.lines(
            ([head] + rows).map { $0.map(TerminalText.plain) }, rightAligned: Set(2..<2 + overview.figures.count))
        let toned = zip(lines.dropFirst(), results).map { text.toned($0, tone(of: $1.verdict)) }
        let counts = overview.counts(planned: planned, wallTime: wallTime)
        return ([text.toned(lines[0], .faint)] + toned + ["", counts]).joined(separator: "\n") + "\n"
    }

    private func tone(of verdict: Verdict) -> TerminalText.Tone? {
        switch verdict {
        case .pass: nil
        case .fail: .bad
        case .invalid: .doubt
        case .unsupported: .faint
        }
    }
}
