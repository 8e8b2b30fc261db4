import Testing

@testable import Report

/// What a terminal shows of a block, by a terminal that knows what a block writes.
@Suite struct LiveBlockTests {
    /// Lines of text and a cursor: carriage return, new line, up, and erase to the end.
    private struct Screen {
        var lines = [""]
        var row = 0

        mutating func write(_ text: String) {
            var rest = Substring(text)
            while let next = rest.popFirst() {
                switch next {
                case "\r": continue
                case "\n":
                    row += 1
                    if row == lines.count { lines.append("") }
                case "\u{1B}": rest = control(rest)
                default: lines[row].append(next)
                }
            }
        }

        private mutating func control(_ text: Substring) -> Substring {
            let words = text.dropFirst().prefix { !$0.isLetter }
            let rest = text.dropFirst(words.count + 1)
            if rest.first == "A" { row -= Int(words) ?? 1 }
            if rest.first == "J" { lines = lines[..<row] + [""] }
            return rest.dropFirst()
        }
    }

    @Test func `live lines are replaced, and others stay above them`() {
        var screen = Screen()
        var block = LiveBlock()
        screen.write(block.show(["a 1"]))
        screen.write(block.show(["a 2", "b 1"]))
        #expect(screen.lines == ["a 2", "b 1"])
        screen.write(block.show(["a 3", "b 2"], beneath: ["warning"]))
        screen.write(block.show(["a 4", "b 3"]))
        #expect(screen.lines == ["warning", "a 4", "b 3"])
        screen.write(block.show(["b 4"]))
        #expect(screen.lines == ["warning", "b 4"])
        screen.write(block.clear())
        #expect(screen.lines == ["warning", ""])
    }
}
