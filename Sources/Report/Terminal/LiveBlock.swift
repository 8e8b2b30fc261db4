/// The last lines of a terminal, written again and again, with lines that stay above them.
package struct LiveBlock: Sendable {
    private var height = 0

    /// A block that has nothing to show yet.
    package init() {}

    /// What to write so that `lasting` stays and `lines` are shown beneath; no line may be wider than the terminal.
    package mutating func show(_ lines: [String], beneath lasting: [String] = []) -> String {
        let text = clear() + lasting.map { $0 + "\n" }.joined() + lines.joined(separator: "\n")
        height = lines.count
        return text
    }

    /// What to write so that the block is gone, and what follows begins on an empty line.
    package mutating func clear() -> String {
        defer { height = 0 }
        // Up to the first line, to its start, and erase all from there.
        return (height > 1 ? "\u{1B}[\(height - 1)A" : "") + "\r\u{1B}[J"
    }
}
