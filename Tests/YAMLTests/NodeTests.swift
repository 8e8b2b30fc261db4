import Testing

@testable import YAML

struct OutlineCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let outline: [String]
    var testDescription: String { name }
}

@Suite("Nodes keep where they stand")
struct NodeTests {
    static let cases = [
        OutlineCase(
            name: "block mappings", text: "a: 1\nb:\n  c: two\n",
            outline: ["1:1 {}", "1:4 a@1.= 1", "3:3 b@1.{}", "3:6 b@1.c@3.= two"]),
        OutlineCase(
            name: "flow mappings and sequences", text: "a: {b: [1, 'x']}",
            outline: ["1:1 {}", "1:4 a@1.{}", "1:8 a@1.b@5.[]", "1:9 a@1.b@5.0.= 1", "1:12 a@1.b@5.1.= 'x'"]),
        OutlineCase(
            name: "columns count characters", text: "{é🎬: x, \"👨‍👩‍👧\": y}",
            outline: ["1:1 {}", "1:6 é🎬@2.= x", "1:14 👨‍👩‍👧@9.= y"]),
        OutlineCase(
            name: "every kind of line end", text: "a: 1\r\nb: 2\rc: 3\u{2028}d: 4\n",
            outline: ["1:1 {}", "1:4 a@1.= 1", "2:4 b@1.= 2", "3:4 c@1.= 3", "4:4 d@1.= 4"]),
        OutlineCase(
            name: "aliases are what they stand for", text: "a: &x [1]\nb: *x\n",
            outline: ["1:1 {}", "1:4 a@1.[]", "1:8 a@1.0.= 1", "1:4 b@1.[]", "1:8 b@1.0.= 1"]),
        OutlineCase(name: "nothing where a value belongs", text: "a:\n", outline: ["1:1 {}", "1:3 a@1.= "]),
        OutlineCase(name: "nothing at all", text: "# only a comment\n", outline: []),
        OutlineCase(name: "a byte order mark", text: "\u{FEFF}a: 1\n", outline: ["1:1 {}", "1:4 a@1.= 1"]),
    ]

    @Test("through every way of writing them", arguments: cases)
    func outlines(_ example: OutlineCase) {
        #expect(outline(example.text) == example.outline)
    }

    @Test("the text of a line is at hand, without its end")
    func line() {
        let source = SourceText(Array("one\r\ntwo\u{85}three".utf8), origin: .file(path: "x"))
        #expect((0...4).map(source.line) == ["", "one", "two", "three", ""])
    }

    @Test("only plain words can mean nothing")
    func null() {
        let root = Document.read(SourceText(Array("[null, ~, 'null', x]".utf8), origin: .file(path: "x"))).root
        #expect(root?.elements?.map(\.isNull) == [true, true, false, false])
    }
}
