import LinuxKit
import Testing

@Suite struct LineSplitterTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let pieces: [String]
        let lines: [String]
        var limit = 100
    }

    @Test(arguments: [
        Case(testDescription: "nothing", pieces: [], lines: []),
        Case(testDescription: "one line", pieces: ["a\n"], lines: ["a"]),
        Case(testDescription: "a line in pieces", pieces: ["a", "b", "c\nd", "\n"], lines: ["abc", "d"]),
        Case(testDescription: "no last end", pieces: ["a\nb"], lines: ["a", "b"]),
        Case(testDescription: "carriage returns", pieces: ["a\r\nb\r", "\n", "c\r\r\n"], lines: ["a", "b", "c"]),
        Case(testDescription: "empty lines", pieces: ["\n\na\n\n"], lines: ["", "", "a", ""]),
        Case(testDescription: "too long", pieces: ["abcdefgh", "i\nj"], lines: ["abcd", "efgh", "i", "j"], limit: 4),
    ])
    func `cuts at line ends`(_ test: Case) {
        var splitter = LineSplitter(limit: test.limit)
        var lines: [String] = []
        for piece in test.pieces { lines += splitter.add(Array(piece.utf8)) }
        if let last = splitter.finish() { lines.append(last) }
        #expect(lines == test.lines)
        #expect(splitter.finish() == nil)
    }

    @Test func `a reader over a pipe gives each line and then the end`() throws {
        let ends = try FileDescriptor.pipe().release()
        try FileDescriptor(owning: ends.1).writeAll("one\r\ntwo\nthree")
        var reader = LineReader(FileDescriptor(owning: ends.0))
        var lines: [String] = []
        while let line = try reader.next() { lines.append(line) }
        #expect(lines == ["one", "two", "three"])
    }
}
