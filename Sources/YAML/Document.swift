/// A text read to nodes, with everything that is wrong with it.
package struct Document: Sendable {
    /// Absent when the text is empty, or too wrong to make sense of.
    package let root: Node?
    /// In the order that they were found.
    package let mistakes: [Mistake]

    /// Reads one document; never fails, never takes more than `limits`.
    package static func read(_ source: SourceText, limits: Limits = Limits()) -> Document {
        if let mistake = TextCheck.mistake(in: source, limits: limits) {
            return Document(root: nil, mistakes: [mistake])
        }
        var composer = Composer(limits: limits)
        do {
            var stream = try EventStream.open(source)
            let root = try composer.document(&stream)
            return Document(root: root, mistakes: composer.mistakes)
        } catch {
            return Document(root: nil, mistakes: composer.mistakes + [error])
        }
    }
}
