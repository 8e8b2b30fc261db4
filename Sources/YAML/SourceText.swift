/// The text that nodes were read from, kept to show its lines beside a mistake.
package final class SourceText: Sendable {
    package enum Origin: Sendable, Hashable {
        /// A file, by the path that the user knows it by.
        case file(path: String)
        /// A word of the command line, after the option that it belongs to.
        case option(name: String)
    }

    package let origin: Origin
    let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let lineStarts: [Int]

    /// Text of any bytes; `Document` says whether they are text.
    package init(_ bytes: [UInt8], origin: Origin) {
        self.origin = origin
        // Editors do not count a byte order mark as a column.
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        lineStarts = SourceText.lineStarts(in: self.bytes)
    }

    /// The whole text; bytes that are no UTF-8 are replaced by U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of a line, counted from 1, without its end.
    package func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let end = number < lineStarts.count ? lineStarts[number] : bytes.count
        let text = String(decoding: bytes[lineStarts[number - 1]..<end], as: UTF8.self)
        return String(text.prefix { !SourceText.isLineEnd($0) })
    }

    /// The mark of the character that holds the byte at `offset`.
    func mark(atByte offset: Int) -> Mark {
        let line = lineStarts.partitioningIndex { $0 > offset }
        let start = lineStarts[line - 1]
        let before = String(decoding: bytes[start..<min(offset, bytes.count)], as: UTF8.self)
        return Mark(source: self, line: line, scalarsBefore: before.unicodeScalars.count)
    }

    /// The same line ends as libyaml's, so that its line numbers are ours.
    private static func lineStarts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A: starts.append(offset + 1)
            case 0x0D where offset + 1 == bytes.count || bytes[offset + 1] != 0x0A: starts.append(offset + 1)
            // U+0085 is C2 85; U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
            case 0x85 where offset >= 1 && bytes[offset - 1] == 0xC2: starts.append(offset + 1)
            case 0xA8 where offset >= 2 && bytes[offset - 1] == 0x80 && bytes[offset - 2] == 0xE2,
                0xA9 where offset >= 2 && bytes[offset - 1] == 0x80 && bytes[offset - 2] == 0xE2:
                starts.append(offset + 1)
            default: continue
            }
        }
        return starts
    }

    private static func isLineEnd(_ character: Character) -> Bool {
        ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(character)
    }
}

extension [Int] {
    /// The first index whose element fulfils `condition`, when all after it do too.
    fileprivate func partitioningIndex(where condition: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
