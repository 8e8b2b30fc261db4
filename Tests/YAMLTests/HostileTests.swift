import Testing

@testable import YAML

@Suite("Hostile texts", .timeLimit(.minutes(1)))
struct HostileTests {
    @Test("aliases that stand for a billion values are refused")
    func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(mistakes(Array(text.utf8)) == ["5:45: more than 100000 values, with aliases written out"])
    }

    @Test("aliases cannot nest deeper than text can")
    func deepAliases() {
        let opening = String(repeating: "[", count: 40)
        let closing = String(repeating: "]", count: 40)
        let text = "a: &a \(opening)x\(closing)\nb: \(opening)*a\(closing)\n"
        #expect(mistakes(Array(text.utf8)) == ["2:44: nested more than 64 levels deep"])
    }

    @Test("100 000 levels are an error, and no crash", arguments: ["[", "{a: ", "- ", "? "])
    func nesting(_ level: String) throws {
        let text = String(repeating: level, count: 100_000)
        let found = mistakes(Array(text.utf8))
        #expect(found.count == 1)
        #expect(try #require(found.first).hasSuffix("nested more than 64 levels deep"))
    }

    @Test("more than four megabytes are not read")
    func size() {
        let bytes = [UInt8](repeating: 0x61, count: (4 << 20) + 1)
        #expect(mistakes(bytes) == ["1:1: more than 4 MiB of text"])
        #expect(mistakes(Array(bytes.dropLast())) == [])
    }

    @Test("more values than the limit are refused, also without aliases")
    func values() {
        let text = "[" + String(repeating: "1,", count: 100_001) + "]"
        #expect(mistakes(Array(text.utf8)) == ["1:200000: more than 100000 values, with aliases written out"])
    }

    @Test("mistakes are collected up to a limit")
    func many() {
        let text = (0..<1000).map { "k\($0): !t 1\n" }.joined()
        #expect(mistakes(Array(text.utf8)).count == 100)
    }

    @Test("bytes at random never crash it")
    func random() {
        var generator = SplitMix(state: 7)
        let alphabet = Array("{}[]:,-?&*!|>'\"%@`# \n\t\rab1\u{85}\u{2028}".utf8) + [0, 0xC3, 0xFF, 0xE2]
        var failures = 0
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            failures += mistakes(bytes).isEmpty ? 0 : 1
        }
        // Both kinds must come up, or the texts are not what they are meant to be.
        #expect(failures > 1000 && failures < 5000)
    }
}

/// The same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
