/// What a shell offers for a value.
package enum Completion: Sendable, Hashable {
    case none
    case files
    case folders
    /// Exactly these words; the parser refuses any other.
    case choices([String])
    /// The lines that a shell command prints, and files besides.
    case lines(of: String)
}
