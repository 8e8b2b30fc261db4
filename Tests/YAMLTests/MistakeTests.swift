import Testing

@testable import YAML

struct MistakeCase: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let mistakes: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ mistakes: String...) {
        self.init(name, Array(text.utf8), mistakes)
    }

    init(_ name: String, _ bytes: [UInt8], _ mistakes: [String]) {
        self.name = name
        self.bytes = bytes
        self.mistakes = mistakes
    }
}

@Suite("What is wrong with a text")
struct MistakeTests {
    static let texts = [
        MistakeCase(
            "a tab as indentation", "a:\n\tb: 1\n",
            "2:1: found character that cannot start any token while scanning for the next token "
                + "(indent with spaces: YAML allows no tabs)"),
        MistakeCase(
            "a character that begins nothing", "a: @b\n",
            "1:4: found character that cannot start any token while scanning for the next token "
                + "(put text that begins with this character in quotes)"),
        MistakeCase(
            "a colon too many", "a: b: c\n",
            "1:5: mapping values are not allowed in this context "
                + "(is the line indented as its neighbours are? text that holds ': ' needs quotes)"),
        MistakeCase(
            "a mapping that does not end", "a: {b: 1\n",
            "2:1: did not find expected ',' or '}' while parsing a flow mapping"),
        MistakeCase(
            "a quote that does not end", "a: 'b\n", "2:1: found unexpected end of stream while scanning a quoted scalar"
        ),
        MistakeCase(
            "a line out of place", "a:\n  b: 1\n c: 2\n",
            "3:2: did not find expected key while parsing a block mapping "
                + "(is the line indented as its neighbours are?)"),
        MistakeCase(
            "a key given twice, with others after it", "a: 1\nb: 2\na: 3\nb: 4\n",
            "3:1: 'a' is given twice; the first is in line 1", "4:1: 'b' is given twice; the first is in line 2"),
        MistakeCase(
            "a merge key", "a: &x {b: 1}\nc: {<<: *x}\n",
            "2:5: merge keys are not supported (write the keys out, or use 'extends')"),
        MistakeCase(
            "a tag", "a: !!int 5\n", "1:4: tags such as 'tag:yaml.org,2002:int' are not supported (leave the tag out)"),
        MistakeCase("a key that is a list", "[a]: 1\n", "1:1: a key must be a word"),
        MistakeCase(
            "two documents", "a: 1\n---\nb: 2\n", "2:1: a second document begins here (one file holds one scenario)"),
        MistakeCase("an alias of nothing", "a: *b\n", "1:4: alias '*b' names no anchor before it"),
        MistakeCase("an alias of itself", "a: &b [*b]\n", "1:8: alias '*b' names no anchor before it"),
        MistakeCase("an escaped NUL", "a: \"x\\0\"\n", "1:4: text with control character U+0000"),
    ]

    static let bytes = [
        MistakeCase("a NUL byte", Array("a: b\nc: ".utf8) + [0], ["2:4: control character U+0000"]),
        MistakeCase("an escape sequence", Array("a: \u{1B}[31m".utf8), ["1:4: control character U+001B"]),
        MistakeCase(
            "Latin-1", Array("é: caf".utf8) + [0xE9, 0x0A], ["1:7: byte E9 is no UTF-8 text (save it as UTF-8)"]),
        MistakeCase(
            "half a character", Array("a: ".utf8) + [0xC3], ["1:4: byte C3 is no UTF-8 text (save it as UTF-8)"]),
        MistakeCase("a surrogate", [0xED, 0xA0, 0x80], ["1:1: byte ED is no UTF-8 text (save it as UTF-8)"]),
        MistakeCase("UTF-16", [0xFF, 0xFE, 0x61, 0x00], ["1:1: the text is UTF-16 (save it as UTF-8)"]),
    ]

    @Test("is said where it is", arguments: texts)
    func saysText(_ example: MistakeCase) {
        #expect(mistakes(example.bytes) == example.mistakes)
    }

    @Test("down to its bytes", arguments: bytes)
    func saysBytes(_ example: MistakeCase) {
        #expect(mistakes(example.bytes) == example.mistakes)
    }
}
