package import LinuxKit

/// A piece of what a program inside an engine gets on its standard input.
package enum InputPiece: Hashable, Sendable {
    case bytes([UInt8])
    /// The window of the user's terminal has this size now.
    case size(TerminalSize)
    /// There will be no more.
    case end

    /// As a file holds it: a letter, and what belongs to it.
    var encoded: [UInt8] {
        switch self {
        case .bytes(let bytes): [UInt8(ascii: "b")] + bytes
        case .size(let size): Array("s\(size.columns) \(size.lines)".utf8)
        case .end: [UInt8(ascii: "e")]
        }
    }

    /// nil where the bytes are no such piece.
    init?(decoding bytes: [UInt8]) {
        switch bytes.first {
        case UInt8(ascii: "b"): self = .bytes(Array(bytes.dropFirst()))
        case UInt8(ascii: "e") where bytes.count == 1: self = .end
        case UInt8(ascii: "s"):
            let numbers = String(decoding: bytes.dropFirst(), as: UTF8.self).split(separator: " ").map { UInt16($0) }
            guard numbers.count == 2, let columns = numbers[0], let lines = numbers[1] else { return nil }
            self = .size(TerminalSize(columns: columns, lines: lines))
        default: return nil
        }
    }
}
