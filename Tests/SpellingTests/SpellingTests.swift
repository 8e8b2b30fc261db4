import Testing

@testable import Spelling

struct NearestCase: CustomTestStringConvertible {
    let word: String
    let candidates: [String]
    let nearest: String?
    var testDescription: String { "\(word) -> \(nearest ?? "nothing")" }
}

@Suite("The name that somebody meant")
struct SpellingTests {
    static let keys = ["rate", "shaper", "queue", "delay", "jitter", "loss"]

    static let cases = [
        NearestCase(word: "dealy", candidates: keys, nearest: "delay"),
        NearestCase(word: "Delay", candidates: keys, nearest: "delay"),
        NearestCase(word: "los", candidates: keys, nearest: "loss"),
        NearestCase(word: "quueue", candidates: keys, nearest: "queue"),
        NearestCase(word: "shap", candidates: keys, nearest: "shaper"),
        NearestCase(word: "colour", candidates: keys, nearest: nil),
        NearestCase(word: "x", candidates: keys, nearest: nil),
        NearestCase(word: "", candidates: keys, nearest: nil),
        NearestCase(word: "rate", candidates: [], nearest: nil),
        NearestCase(word: String(repeating: "rate", count: 10_000), candidates: keys, nearest: nil),
    ]

    @Test("is the nearest one, if one is near", arguments: cases)
    func nearest(_ example: NearestCase) {
        #expect(Spelling.nearest(to: example.word, in: example.candidates) == example.nearest)
    }

    @Test("counts a swap of neighbours as one slip")
    func swap() {
        #expect(Spelling.distance(Array("validate"), Array("vaildate")) == 1)
        #expect(Spelling.distance(Array("abc"), Array("")) == 3)
        #expect(Spelling.distance(Array("kitten"), Array("sitting")) == 3)
    }
}
