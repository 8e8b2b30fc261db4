import CommandLineKit

/// A command could not do what was asked: in words, with what would mend it, and the status to end with.
struct Failure: Error {
    /// Lower case, no full stop; names the object and the value.
    let message: String
    let hint: String?
    let status: ExitStatus

    init(_ message: String, hint: String? = nil, status: ExitStatus) {
        self.message = message
        self.hint = hint
        self.status = status
    }
}
