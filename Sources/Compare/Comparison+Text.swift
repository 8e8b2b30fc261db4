import LabModel

extension Comparison {
    /// The comparison as a table for a terminal, ending in a new line.
    package var text: String {
        var lines = TextColumns.lines([heading] + rows.map(cells), rightAligned: Set(1..<(2 * labels.count)))
        lines.append("")
        return lines.joined(separator: "\n") + "\n" + summary
    }

    /// Whether all are identical, or in what they differ: a line.
    package var summary: String {
        (identical ? "identical, volatile fields left out: \(Self.volatile)" : "different in: \(listed)") + "\n"
    }

    private static var volatile: String { RunResult.volatileFields.joined(separator: ", ") }

    private var listed: String {
        let shown = differences.prefix(12).joined(separator: ", ")
        return differences.count > 12 ? "\(shown) and \(differences.count - 12) more" : shown
    }

    private var heading: [String] {
        ["metric", labels.first ?? ""] + labels.dropFirst().flatMap { [$0, "difference"] }
    }

    private func cells(_ row: Row) -> [String] {
        [row.metric, row.quantity.text(row.values[0])]
            + zip(row.values.dropFirst(), row.differences).flatMap { value, difference in
                [row.quantity.text(value), difference.map { $0 == 0 ? "=" : row.quantity.difference($0) } ?? ""]
            }
    }
}
