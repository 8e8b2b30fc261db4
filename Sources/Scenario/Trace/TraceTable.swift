import LabModel
import YAML

/// A trace as CSV: `time,rate[,delay,loss]`, each row holding until the next. The header may name a column's unit, as in
/// `time (s),rate (kbit)`; without one every value has its own. The last row lasts as long as the one before it.
struct TraceTable {
    /// What the kernel is told; the shaper holds no rate of 0.
    static let rates = Rate(bitsPerSecond: 1000)...Rate(bitsPerSecond: 1_000_000_000_000)
    /// Rows nearer to each other would be more changes than a kernel can be told in time.
    private static let shortest = TimeSpan.milliseconds(5)

    private struct Column {
        let name: String
        let unit: String
        let table: UnitTable
    }

    private static let known: [(name: String, table: UnitTable)] = [
        ("time", .time), ("rate", .rate), ("delay", .time), ("loss", .ratio),
    ]

    private let file: TraceFile
    private let columns: [Column]
    private let header: Mark

    private var reading: Reading { file.reading }

    /// Reports a header that is none.
    init?(file: TraceFile, header: TraceFile.Field) {
        self.file = file
        self.header = header.mark
        var columns: [Column] = []
        for cell in header.cells {
            let parts = cell.text.split(separator: "(", maxSplits: 1)
            let name = parts.first.map { TraceFile.trimmed($0).lowercased() } ?? ""
            let unit = parts.count > 1 ? String(TraceFile.trimmed(parts[1]).prefix { $0 != ")" }) : ""
            guard let known = Self.known.first(where: { $0.name == name }),
                !columns.contains(where: { $0.name == name })
            else {
                file.reading.error(
                    "'\(cell.text.prefix(40))' is no column of a trace", at: cell.mark,
                    hint: "a trace is time,rate[,delay,loss], each once, or Mahimahi's milliseconds")
                return nil
            }
            guard unit.isEmpty || known.table.factor(of: unit) != nil else {
                file.reading.error(
                    "'\(unit)' is no unit of a \(known.table.name)", at: cell.mark, hint: "write \(known.table.names)")
                return nil
            }
            columns.append(Column(name: name, unit: unit, table: known.table))
        }
        for needed in ["time", "rate"] where !columns.contains(where: { $0.name == needed }) {
            file.reading.error("the trace has no column '\(needed)'", at: header.mark)
            return nil
        }
        self.columns = columns
    }

    func trace(of rows: ArraySlice<TraceFile.Field>) -> LinkTrace? {
        guard let first = rows.first else {
            reading.error("the trace '\(file.name)' has no rows", at: header)
            return nil
        }
        var steps: [LinkTrace.Step] = []
        for row in rows {
            guard let step = step(row) else { return nil }
            if let last = steps.last, step.at < last.at + Self.shortest {
                let problem =
                    step.at < last.at
                    ? "comes before the row above, \(UnitText.time(last.at))"
                    : "is less than \(UnitText.time(Self.shortest)) after the row above"
                reading.error("\(UnitText.time(step.at)) \(problem)", at: row.mark)
                return nil
            }
            steps.append(step)
        }
        guard steps[0].at == .zero else {
            reading.error("the trace begins at \(UnitText.time(steps[0].at)), not at 0", at: first.mark)
            return nil
        }
        let last = steps.count - 1
        let length = last > 0 ? steps[last].at + (steps[last].at - steps[last - 1].at) : nil
        return LinkTrace(name: file.name, steps: steps, length: length)
    }

    private func step(_ row: TraceFile.Field) -> LinkTrace.Step? {
        let cells = row.cells
        guard cells.count == columns.count else {
            reading.error("a row of \(cells.count) cells where the header has \(columns.count)", at: row.mark)
            return nil
        }
        var values: [String: Double] = [:]
        for (column, cell) in zip(columns, cells) {
            guard let value = value(cell, column) else { return nil }
            values[column.name] = value
        }
        return LinkTrace.Step(
            at: TimeSpan(seconds: values["time"] ?? 0),
            rate: Rate(bitsPerSecond: Int64((values["rate"] ?? 0).rounded())),
            delay: values["delay"].map { TimeSpan(seconds: $0) }, loss: values["loss"].flatMap { Probability($0) })
    }

    /// Within what a scenario could say itself.
    private func value(_ cell: TraceFile.Field, _ column: Column) -> Double? {
        guard let value = try? UnitParser.parse(cell.text + column.unit, column.table) else {
            let hint =
                column.unit.isEmpty ? "give it a unit, such as \(column.table.example)" : "it is in \(column.unit)"
            reading.error("'\(cell.text.prefix(40))' is no \(column.table.name)", at: cell.mark, hint: hint)
            return nil
        }
        let range: ClosedRange<Double>
        switch column.name {
        case "rate":
            range = Double(Self.rates.lowerBound.bitsPerSecond)...Double(Self.rates.upperBound.bitsPerSecond)
        case "delay": range = 0...60
        case "loss": range = 0...1
        default: range = 0...86400
        }
        guard range.contains(value) else {
            let quantity: Quantity = column.name == "rate" ? .rate : column.name == "loss" ? .ratio : .time
            reading.error(
                "\(column.name) \(cell.text) is not from \(UnitText.value(range.lowerBound, quantity)) "
                    + "to \(UnitText.value(range.upperBound, quantity))",
                at: cell.mark,
                hint: column.name == "rate" ? "a link that passes nothing is an outage of the timeline" : nil)
            return nil
        }
        return value
    }
}
