/// Why a report could not be made or read.
package enum ReportError: Error, Hashable, Sendable {
    /// `result.json` is of a newer format than this netlab knows.
    case newerVersion(found: Int, known: Int)
    /// `result.json` is not what it should be, and why.
    case malformed(reason: String)
    /// A file could not be read or written, and why.
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .newerVersion(let found, let known):
            "result.json has version \(found); this netlab reads up to \(known)"
        case .malformed(let reason): "result.json is damaged: \(reason)"
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
        }
    }
}
