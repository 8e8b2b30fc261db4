internal import CExpat

/// Documents to trees, by expat, which bounds what entities expand to.
package enum XMLParser {
    /// Elements may lie so deep; deeper ones are an error.
    static let deepest = 64

    /// The document's root.
    package static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        guard bytes.count < Int(Int32.max), let parser = XML_ParserCreate(nil) else {
            throw XMLError(line: 1, column: 1, reason: "the document is too large")
        }
        defer { XML_ParserFree(parser) }
        let tree = Tree(parser)
        XML_SetUserData(parser, Unmanaged.passUnretained(tree).toOpaque())
        XML_SetElementHandler(
            parser, { Tree.of($0)?.open($1, $2) }, { owner, _ in Tree.of(owner)?.close() })
        XML_SetCharacterDataHandler(parser) { Tree.of($0)?.add($1, Int($2)) }
        let status = bytes.withUnsafeBytes { bytes in
            XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 1)
        }
        guard status == XML_STATUS_OK, let root = tree.root else {
            throw XMLError(
                line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1,
                reason: tree.isTooDeep ? "elements lie more than \(deepest) deep" : words(XML_GetErrorCode(parser)))
        }
        return root
    }

    private static func words(_ code: XML_Error) -> String {
        XML_ErrorString(code).map { String(cString: $0) } ?? "it is no XML"
    }
}

/// The tree while it grows.
private final class Tree {
    private(set) var root: XMLElement?
    private(set) var isTooDeep = false
    private var open: [XMLElement] = []
    private let parser: XML_Parser

    init(_ parser: XML_Parser) {
        self.parser = parser
    }

    static func of(_ owner: UnsafeMutableRawPointer?) -> Tree? {
        owner.map { Unmanaged<Tree>.fromOpaque($0).takeUnretainedValue() }
    }

    /// `attributes` are names and values in turn, ended by NULL.
    func open(_ name: UnsafePointer<XML_Char>?, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        guard let name, open.count < XMLParser.deepest else {
            isTooDeep = true
            XML_StopParser(parser, 0)
            return
        }
        var values: [String: String] = [:]
        var next = attributes
        while let pair = next, let key = pair[0], let value = pair[1] {
            values[String(cString: key)] = String(cString: value)
            next = pair + 2
        }
        open.append(
            XMLElement(
                name: String(cString: name), attributes: values, line: Int(XML_GetCurrentLineNumber(parser))))
    }

    func close() {
        guard let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    func add(_ text: UnsafePointer<XML_Char>?, _ length: Int) {
        guard let text, !open.isEmpty else { return }
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }
}
