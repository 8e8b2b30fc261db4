import CommandLineKit

/// Columns of text; the last one is wrapped to the terminal's width.
struct TextTable {
    struct Row {
        let cells: [String]
        let text: String

        init(_ cells: [String], text: String) {
            self.cells = cells
            self.text = text
        }
    }

    let headings: [String]
    let rows: [Row]

    func render(on terminal: Terminal) -> String {
        let lines = [Row(headings.dropLast(), text: headings.last ?? "")] + rows
        let widths = headings.indices.dropLast().map { column in
            lines.map { $0.cells[column].count }.max() ?? 0
        }
        let rendered = lines.map { row in
            let head = zip(row.cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined()
            // A pipe has no width: one line a row can be searched.
            let width = terminal.isTerminal ? max(20, terminal.width - head.count) : Int.max
            let indent = "\n" + String(repeating: " ", count: head.count)
            return head + TextWrap(width: width).lines(of: row.text).joined(separator: indent)
        }
        let heading = Colour.bold.paint(rendered[0], on: terminal)
        return ([heading] + rendered.dropFirst()).joined(separator: "\n")
    }
}
