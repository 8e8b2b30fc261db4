/// A value of a document, and where it stands.
package struct Node: Sendable {
    package indirect enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    /// Text; `isPlain` when it was written without quotes, so that `null` and `none` can be words of their own.
    package struct Scalar: Sendable, Hashable {
        package var text: String
        package var isPlain: Bool

        package init(text: String, isPlain: Bool) {
            self.text = text
            self.isPlain = isPlain
        }
    }

    /// A key and its value.
    package struct Entry: Sendable {
        package var key: String
        package var keyMark: Mark
        package var value: Node

        package init(key: String, keyMark: Mark, value: Node) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    package var mark: Mark
    package var content: Content

    package init(mark: Mark, content: Content) {
        self.mark = mark
        self.content = content
    }

    /// The entries, if this is a mapping.
    package var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The elements, if this is a sequence.
    package var elements: [Node]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The scalar, if this is one.
    package var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The value of `key`, if this is a mapping that has it.
    package subscript(_ key: String) -> Node? {
        entries?.first { $0.key == key }?.value
    }

    /// Nothing was written where a value belongs: `key:` alone, `~` or `null`.
    package var isNull: Bool {
        guard let scalar, scalar.isPlain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }
}
