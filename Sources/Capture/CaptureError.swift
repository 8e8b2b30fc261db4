/// Why a capture cannot be opened, in libpcap's words.
package struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `capture on`, `write`.
    package let operation: String
    /// A file or an interface.
    package let object: String
    package let reason: String

    package var description: String { "cannot \(operation) \(object): \(reason)" }
}
