import LabModel

/// One condition's figures in words, a row for each contender: the same on the page, on the terminal and in Markdown.
struct BatchTable {
    struct Cell {
        var text: String
        /// From the least to the greatest of several runs.
        var spread: String?
        var isBest = false
    }

    struct Row {
        var name: String
        var verdict: Verdict
        /// One for each column.
        var cells: [Cell]
        /// What to know of it.
        var note: String
        var runs: [BatchRun]
    }

    let condition: BatchCondition
    /// The figures that any of the rows has.
    let columns: [BatchFigure]
    let rows: [Row]
    /// Why the other figures are not there.
    let remarks: [String]

    init(_ batch: BatchResult, condition: Int) {
        let cells = batch.cells(of: condition)
        let measured = batch.figures.indices.filter { index in cells.contains { $0.values[index].median != nil } }
        self.condition = batch.conditions[condition]
        columns = measured.map { batch.figures[$0] }
        rows = cells.map { Self.row($0, batch, measured) }
        remarks = batch.figures.indices.filter { !measured.contains($0) }.map { index in
            let counted = cells.filter { !$0.counted.isEmpty }
            let reasons = Set((counted.isEmpty ? cells : counted).compactMap { $0.values[index].absence })
            return "\(batch.figures[index].title): " + reasons.sorted().joined(separator: "; ")
        }
    }

    /// Every condition's, in their order.
    static func all(_ batch: BatchResult) -> [BatchTable] {
        batch.conditions.indices.map { BatchTable(batch, condition: $0) }
    }

    private static func row(_ cell: BatchCell, _ batch: BatchResult, _ measured: [Int]) -> Row {
        var notes =
            cell.counted.isEmpty
            ? []
            : measured.compactMap { index in
                cell.values[index].absence.map { "\(batch.figures[index].title): \($0)" }
            }
        if cell.counted.count < cell.runs.count, !cell.counted.isEmpty {
            notes.append("\(cell.counted.count) of \(cell.runs.count) runs count")
        }
        var problems: [String] = []
        for problem in cell.runs.compactMap(\.problem) where !problems.contains(problem) { problems.append(problem) }
        return Row(
            name: batch.contenders[cell.contender], verdict: cell.verdict,
            cells: measured.map { Cell(cell.values[$0], batch.figures[$0].quantity) },
            note: (problems + notes).joined(separator: "; "), runs: cell.runs)
    }
}

extension BatchTable.Cell {
    fileprivate init(_ value: BatchValue, _ quantity: Quantity) {
        text = quantity.text(value.median)
        isBest = value.isBest
        if let low = value.low, let high = value.high, low < high { spread = quantity.interval(low, high) }
    }
}
