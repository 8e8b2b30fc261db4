package import LabModel

/// What runs that were held against each other show on the terminal.
package struct BatchText {
    private let text: TerminalText

    /// With colour on a terminal that shows it.
    package init(colour: Bool) {
        text = TerminalText(colour: colour)
    }

    /// A table for each condition and the findings, ending in a new line; `report` is where the page is.
    package func text(of batch: BatchResult, report: String? = nil) -> String {
        var lines = BatchTable.all(batch).flatMap { table(of: $0) + [""] }
        let repeats = batch.cells.map(\.counted.count).max() ?? 0
        let keys = [
            BatchTable.all(batch).contains(where: \.hasBest) ? "* best: no other had less" : nil,
            repeats > 1 ? "medians of up to \(repeats) runs" : nil,
        ].compactMap(\.self)
        if !keys.isEmpty { lines += [keys.joined(separator: "; "), ""] }
        lines += batch.warnings.map { text.toned("warning: " + TerminalText.plain($0), .doubt) }
        lines += findings(of: batch)
        if let report { lines += ["", "report  " + TerminalText.plain(report)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func findings(of batch: BatchResult) -> [String] {
        batch.findings.map { finding in
            let condition = finding.condition.map { TerminalText.plain(batch.conditions[$0].name) + ": " } ?? ""
            return "- " + text.toned(condition, .strong) + TerminalText.plain(finding.sentence)
        }
    }

    private func table(of table: BatchTable) -> [String] {
        let head = [""] + table.columns.map { $0.title.lowercased() } + ["verdict"]
        let rows = table.rows.map { row in
            [row.name] + row.cells.map { $0.text + ($0.isBest ? "*" : " ") }
                + ["\(row.verdict.symbol) \(row.verdict.word.lowercased())"]
        }
        let lines = TextColumns.lines(
            ([head] + rows).map { $0.map(TerminalText.plain) }, rightAligned: Set(1..<1 + table.columns.count))
        let notes = table.rows.filter { !$0.note.isEmpty }.map { "\($0.name): \($0.note)" } + table.remarks
        return [text.toned(TerminalText.plain(table.condition.name), .strong), text.toned(lines[0], .faint)]
            + lines.dropFirst() + notes.map { text.toned("  " + TerminalText.plain($0), .faint) }
    }
}

extension BatchTable {
    fileprivate var hasBest: Bool { rows.contains { $0.cells.contains(where: \.isBest) } }
}
