/// A piece of an HTML or XML document; text and attributes are escaped when it is written, so that no name from a
/// scenario can break out of its place.
indirect enum Markup {
    case text(String)
    /// Text that is markup already: the style sheet, the script and the data, each made safe by who makes them.
    case verbatim(String)
    case element(String, [Attribute], [Markup])
    case group([Markup])

    struct Attribute {
        var name: String
        var value: String
    }

    static let nothing = Markup.group([])
}

extension Markup: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .text(value) }
}

extension Markup {
    /// How elements without content are written, which is where HTML and XML differ.
    enum Syntax {
        case html
        case xml
    }

    func written(as syntax: Syntax) -> String {
        var text = ""
        write(into: &text, as: syntax)
        return text
    }

    private func write(into text: inout String, as syntax: Syntax) {
        switch self {
        case .text(let content): text += Self.escaped(content)
        case .verbatim(let content): text += content
        case .group(let children):
            for child in children { child.write(into: &text, as: syntax) }
        case .element(let name, let attributes, let children):
            text += "<\(name)"
            for attribute in attributes { text += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
            switch syntax {
            case .html where Self.voidElements.contains(name): text += ">"
            case .xml where children.isEmpty: text += "/>"
            case .html, .xml:
                text += ">"
                for child in children { child.write(into: &text, as: syntax) }
                text += "</\(name)>"
            }
        }
    }

    /// HTML elements that have no end tag (HTML standard, 13.1.2).
    private static let voidElements: Set = ["br", "hr", "img", "meta", "link", "wbr", "col", "input"]

    /// Escapes what has a meaning in text or in a quoted attribute, and replaces what XML 1.0 does not allow at all.
    static func escaped(_ content: String) -> String {
        var text = ""
        text.reserveCapacity(content.utf8.count)
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
            case "\0"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
