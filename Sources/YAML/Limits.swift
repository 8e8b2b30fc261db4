/// How much of a document is read before it is refused.
package struct Limits: Sendable {
    /// In bytes.
    package var size = 4 << 20
    /// Mappings and sequences within each other.
    package var depth = 64
    /// Keys and values, those of expanded aliases included.
    package var nodes = 100_000
    /// Mistakes that are collected.
    package var mistakes = 100

    package init() {}
}
