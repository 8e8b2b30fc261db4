/// Breaks text into lines no wider than a terminal.
package struct TextWrap: Sendable {
    let width: Int
    /// Where the second column of a table begins.
    private let column = 26

    /// Lines of at most `width` characters; a word that is longer has a line of its own.
    package init(width: Int) {
        self.width = width
    }

    /// Wraps each paragraph; lines that begin with a blank stay as they are.
    func wrap(_ text: String) -> String {
        text.split(separator: "\n\n", omittingEmptySubsequences: true).map { paragraph in
            paragraph.contains("\n ") || paragraph.hasPrefix(" ")
                ? String(paragraph)
                : lines(of: String(paragraph)).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// A label and its text beside it, or beneath it where the label is too wide.
    func row(_ label: String, _ text: String) -> String {
        let indent = String(repeating: " ", count: column)
        let rest = TextWrap(width: width - column).lines(of: text).joined(separator: "\n" + indent)
        let head = "  " + label
        guard head.count < column - 1 else { return head + "\n" + indent + rest }
        return head + String(repeating: " ", count: column - head.count) + rest
    }

    /// The words of one paragraph, line by line.
    package func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
