/// A strict reader of the XML that netlab writes: elements, attributes and text; anything else is an error.
struct XMLReader {
    struct Element: Equatable {
        var name: String
        var attributes: [String: String]
        var depth: Int
    }

    enum Failure: Error, Equatable {
        case unexpected(String)
        case unbalanced(String)
        case forbidden(Unicode.Scalar)
    }

    private var rest: Substring
    private var open: [String] = []
    private var elements: [Element] = []

    /// Every element of `text` in the order of its start.
    static func read(_ text: String) throws -> [Element] {
        for scalar in text.unicodeScalars where !isAllowed(scalar) { throw Failure.forbidden(scalar) }
        var reader = XMLReader(rest: text[...])
        try reader.take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        while reader.rest.contains("<") { try reader.readTag() }
        guard reader.open.isEmpty else { throw Failure.unbalanced(reader.open.joined(separator: " ")) }
        return reader.elements
    }

    /// XML 1.0, production 2.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func take(_ token: String) throws {
        guard rest.hasPrefix(token) else { throw Failure.unexpected(String(rest.prefix(20))) }
        rest.removeFirst(token.count)
    }

    private mutating func take(until stop: (Character) -> Bool) -> String {
        let part = rest.prefix { !stop($0) }
        rest.removeFirst(part.count)
        return String(part)
    }

    private mutating func readTag() throws {
        _ = try Self.unescaped(take { $0 == "<" })
        if rest.hasPrefix("</") {
            try take("</")
            let name = take { $0 == ">" }
            try take(">")
            guard open.popLast() == name else { throw Failure.unbalanced(name) }
            return
        }
        try take("<")
        let name = take { $0 == " " || $0 == ">" || $0 == "/" }
        guard !name.isEmpty, name.allSatisfy(\.isLetter) else { throw Failure.unexpected(name) }
        elements.append(Element(name: name, attributes: try readAttributes(), depth: open.count))
        if rest.hasPrefix("/>") { return try take("/>") }
        try take(">")
        open.append(name)
    }

    private mutating func readAttributes() throws -> [String: String] {
        var attributes: [String: String] = [:]
        while rest.hasPrefix(" ") {
            try take(" ")
            let name = take { $0 == "=" }
            try take("=\"")
            let value = take { $0 == "\"" }
            try take("\"")
            guard attributes.updateValue(try Self.unescaped(value), forKey: name) == nil else {
                throw Failure.unexpected(name)
            }
        }
        return attributes
    }

    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]

    private static func unescaped(_ text: String) throws -> String {
        guard !text.contains("<") else { throw Failure.unexpected(text) }
        var result = ""
        var rest = text[...]
        while let amp = rest.firstIndex(of: "&") {
            guard let end = rest[amp...].firstIndex(of: ";"),
                let character = entities[String(rest[rest.index(after: amp)..<end])]
            else { throw Failure.unexpected(String(rest[amp...])) }
            result += rest[..<amp] + character
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
