package import YAML

/// One thing wrong with a scenario, or doubtful about it, and where.
package struct Diagnostic: Sendable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package let severity: Severity
    package let mark: Mark
    /// Lower case, no full stop; names the value.
    package let message: String
    /// What would mend it.
    package let hint: String?

    init(_ severity: Severity = .error, _ message: String, at mark: Mark, hint: String? = nil) {
        self.severity = severity
        self.mark = mark
        self.message = message
        self.hint = hint
    }

    /// `file:line:column`, or the option that the text came with.
    package var place: String {
        switch mark.source.origin {
        case .file(let path): "\(path):\(mark.line):\(mark.column)"
        case .option(let name): "--\(name)"
        }
    }

    /// The message at its place, the line with a caret beneath it, and the hint; no newline at the end.
    package func render() -> String {
        let excerpt = Excerpt(mark: mark)
        var lines = ["\(place): \(severity.rawValue): \(message)", "    " + excerpt.text, "    " + excerpt.caret]
        if let hint { lines.append("hint: " + hint) }
        return lines.joined(separator: "\n")
    }
}

/// A line, or the part of a long one that is around a mark, and a caret to stand beneath it.
private struct Excerpt {
    let text: String
    let caret: String

    init(mark: Mark, width: Int = 100) {
        let line = Array(mark.source.line(mark.line))
        let column = min(mark.column - 1, line.count)
        let first = column > width * 3 / 4 ? column - width / 2 : 0
        let last = min(line.count, first + width)
        text = (first > 0 ? "..." : "") + line[first..<last].map(Excerpt.shown) + (last < line.count ? "..." : "")
        // Tabs stay tabs, so that the caret is beneath its character at any tab width.
        caret = (first > 0 ? "   " : "") + line[first..<column].map { $0 == "\t" ? "\t" : " " } + "^"
    }

    /// A terminal must not act on what a file holds.
    private static func shown(_ character: Character) -> Character {
        let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isControl && character != "\t" ? "\u{FFFD}" : character
    }
}
