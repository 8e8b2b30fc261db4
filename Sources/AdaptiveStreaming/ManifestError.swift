/// A playlist or MPD that cannot be understood.
package struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1, where one line is to blame.
    package let line: Int?
    package let reason: String

    init(_ reason: String, line: Int? = nil) {
        self.line = line
        self.reason = reason
    }

    package var description: String { (line.map { "line \($0): " } ?? "") + reason }
}
