/// Cuts bytes that come in pieces into lines.
package struct LineSplitter: Sendable {
    private var pending: [UInt8] = []
    /// A line longer than this is cut, so that a broken writer cannot take all memory (bytes).
    private let limit: Int

    /// A splitter that has seen nothing yet.
    package init(limit: Int = 1 << 20) {
        self.limit = limit
    }

    /// Takes more bytes and gives the lines that are complete, without their ends (`\n` or `\r\n`). Bytes that are no
    /// UTF-8 become U+FFFD.
    package mutating func add(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        while let newline = rest.firstIndex(of: 10) {
            lines.append(Self.text(pending[...] + rest[..<newline]))
            pending.removeAll(keepingCapacity: true)
            rest = rest[(newline + 1)...]
        }
        pending += rest
        while pending.count >= limit {
            lines.append(Self.text(pending[..<limit]))
            pending.removeFirst(limit)
        }
        return lines
    }

    /// What came after the last line's end, where there is any.
    package mutating func finish() -> String? {
        guard !pending.isEmpty else { return nil }
        defer { pending = [] }
        return Self.text(pending[...])
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var line = bytes
        while line.last == 13 { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
