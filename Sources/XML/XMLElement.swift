/// An element of an XML document with what is in it.
package struct XMLElement: Hashable, Sendable {
    /// As it is written, a namespace's prefix included.
    package let name: String
    package let attributes: [String: String]
    /// Counted from 1, where its start tag ends.
    package let line: Int
    package internal(set) var children: [XMLElement] = []
    /// All character data directly in it.
    package internal(set) var text = ""

    /// The first child of that name.
    package func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The children of that name, in their order.
    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// Something that is no XML, and where.
package struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    package let column: Int
    /// In expat's words.
    package let reason: String

    package var description: String { "line \(line), column \(column): \(reason)" }
}
