package import LabModel

/// `summary.md` of runs that were held against each other: the findings, and a table for each condition.
package enum BatchMarkdown {
    package static func text(of batch: BatchResult) -> String {
        var lines = ["## " + MarkdownSummary.escaped(batch.name), ""]
        lines += batch.warnings.map { "> " + MarkdownSummary.escaped($0) }
        if !batch.warnings.isEmpty { lines.append("") }
        lines += batch.findings.map { finding in
            let condition =
                finding.condition.map { "**\(MarkdownSummary.escaped(batch.conditions[$0].name))**: " } ?? ""
            return "- " + condition + MarkdownSummary.escaped(finding.sentence)
        }
        lines += BatchTable.all(batch).flatMap(lines(of:))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of table: BatchTable) -> [String] {
        let head = ["", "Verdict"] + table.columns.map(\.title)
        let rows = table.rows.map { row in
            "| "
                + ([row.name, "\(row.verdict.symbol) \(row.verdict.word.lowercased())"].map(MarkdownSummary.escaped)
                + row.cells.map(written)).joined(separator: " | ") + " |"
        }
        let notes = table.rows.filter { !$0.note.isEmpty }.map { "\($0.name): \($0.note)" } + table.remarks
        return ["", "### " + MarkdownSummary.escaped(table.condition.name), "", MarkdownSummary.row(head)]
            + ["|---|---|" + String(repeating: "--:|", count: table.columns.count)] + rows
            + (notes.isEmpty ? [] : [""]) + notes.map { "- " + MarkdownSummary.escaped($0) }
    }

    private static func written(_ cell: BatchTable.Cell) -> String {
        let text = MarkdownSummary.escaped(cell.text)
        let spread = cell.spread.map { " (\(MarkdownSummary.escaped($0)))" } ?? ""
        return (cell.isBest ? "**\(text)**" : text) + spread
    }
}
