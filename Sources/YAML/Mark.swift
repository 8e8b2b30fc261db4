/// A place in a text.
package struct Mark: Sendable {
    package let source: SourceText
    /// From 1.
    package let line: Int
    /// Unicode scalars of the line before the place: what libyaml counts.
    package let scalarsBefore: Int

    package init(source: SourceText, line: Int, scalarsBefore: Int) {
        self.source = source
        self.line = line
        self.scalarsBefore = scalarsBefore
    }

    /// From 1, in characters as a reader counts them.
    package var column: Int { source.line(line).columns(ofScalars: scalarsBefore) + 1 }

    /// The place so many scalars further on in the same line.
    package func advanced(by scalars: Int) -> Mark {
        Mark(source: source, line: line, scalarsBefore: scalarsBefore + scalars)
    }
}

extension Mark: Hashable {
    package static func == (left: Mark, right: Mark) -> Bool {
        left.source === right.source && left.line == right.line && left.scalarsBefore == right.scalarsBefore
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(source))
        hasher.combine(line)
        hasher.combine(scalarsBefore)
    }
}

extension String {
    /// The characters that the first `count` scalars make.
    fileprivate func columns(ofScalars count: Int) -> Int {
        String(String.UnicodeScalarView(unicodeScalars.prefix(count))).count
    }
}
