/// Something wrong with a document, and where.
package struct Mistake: Sendable, Error {
    package let mark: Mark
    /// Lower case, no full stop.
    package let message: String
    package let hint: String?

    package init(_ message: String, at mark: Mark, hint: String? = nil) {
        self.mark = mark
        self.message = message
        self.hint = hint
    }
}
