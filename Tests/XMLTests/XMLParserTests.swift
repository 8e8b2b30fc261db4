import Testing

@testable import XML

@Suite struct XMLParserTests {
    @Test func `A document is a tree of elements with attributes, text and lines`() throws {
        let root = try XMLParser.parse(
            Array("<?xml version='1.0'?>\n<a x='1 &amp; 2'>\n <b>t&#228;xt</b>\n <b/><c y=\"z\"/>\n</a>".utf8))
        #expect(root.name == "a" && root.attributes == ["x": "1 & 2"] && root.line == 2)
        #expect(root.all("b").map(\.text) == ["t\u{e4}xt", ""])
        #expect(root.first("c")?.attributes["y"] == "z" && root.first("c")?.line == 4)
        #expect(root.first("d") == nil)
    }

    static let broken: [(String, line: Int)] = [
        ("", 1), ("<a>\n<b></a>", 2), ("<a>\n\n<", 3), ("no tag", 1), ("<a>&unknown;</a>", 1), ("<a/><a/>", 1),
    ]

    @Test(arguments: broken)
    func `What is no XML is an error with its line`(_ text: String, line: Int) throws {
        let error = try #require(throws: XMLError.self) { try XMLParser.parse(Array(text.utf8)) }
        #expect(error.line == line && !error.reason.isEmpty)
    }

    @Test func `Neither depth nor entities exhaust memory`() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: XMLError.self) { try XMLParser.parse(Array(deep.utf8)) }
        var laughs = "<!DOCTYPE a [<!ENTITY e0 'ha'>"
        for index in 1...30 { laughs += "<!ENTITY e\(index) '&e\(index - 1);&e\(index - 1);&e\(index - 1);'>" }
        #expect(throws: XMLError.self) { try XMLParser.parse(Array((laughs + "]><a>&e30;</a>").utf8)) }
    }
}
