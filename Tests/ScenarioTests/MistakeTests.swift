import Testing

@testable import Scenario

struct MistakeCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let overrides: [String]
    let rendered: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, set overrides: [String] = [], _ rendered: String) {
        self.name = name
        self.text = text
        self.overrides = overrides
        self.rendered = rendered
    }
}

@Suite("A mistake is shown at its place, with what would mend it")
struct MistakeTests {
    @Test("of values and units", arguments: values)
    func ofValues(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of keys", arguments: keys)
    func ofKeys(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of settings that do not go together", arguments: contradictions)
    func ofContradictions(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of the timeline", arguments: timeline)
    func ofTheTimeline(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of the path", arguments: path)
    func ofPath(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of packets told apart", arguments: flows)
    func ofFlows(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of several hops, and of flows beside the media", arguments: hops)
    func ofHops(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of programs of the user's own", arguments: programs)
    func ofPrograms(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("of delivery over HTTP", arguments: http)
    func ofHTTP(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    @Test("all at once, in the order of the text")
    func all() {
        let text = """
            duration: 10
            engin: host
            link:
              downlink: {rate: 10mbps, loss: 140%}
            expect: [rtp.vidio.loss < 1]
            """
        #expect(
            load(text).mistakes == """
                x.yaml:1:11: error: duration 10 has no unit
                    duration: 10
                              ^
                hint: write ns, us, ms, s, min, such as 20ms
                x.yaml:2:1: error: unknown key 'engin' in the scenario
                    engin: host
                    ^
                hint: did you mean 'engine'?
                x.yaml:4:20: error: rate 10mbps: 'mbps' is no unit of a rate
                      downlink: {rate: 10mbps, loss: 140%}
                                       ^
                hint: tc's 'mbps' means bytes a second; write 10mbit for bits a second
                x.yaml:4:34: error: loss 140% is more than 100%
                      downlink: {rate: 10mbps, loss: 140%}
                                                     ^
                x.yaml:5:10: error: no metric is called 'rtp.vidio.loss'
                    expect: [rtp.vidio.loss < 1]
                             ^
                hint: did you mean 'rtp.video.loss'?
                """)
    }

    @Test("of a matrix once, however many runs have it")
    func once() {
        let text = "matrix: {seed: [1, 2, 3], link.downlink.loss: [1%, 200%]}\nengine: moon\n"
        #expect(
            load(text).mistakes == """
                x.yaml:1:52: error: loss 200% is more than 100%
                    matrix: {seed: [1, 2, 3], link.downlink.loss: [1%, 200%]}
                                                                       ^
                x.yaml:2:9: error: engine cannot be 'moon'
                    engine: moon
                            ^
                hint: write one of auto, host, embedded, virtual
                """)
    }

    @Test("in a long line shows the part around it")
    func longLine() {
        let text = "{name: \"\(String(repeating: "é", count: 300))\", engine: moon}"
        let rendered = load(text).mistakes.split(separator: "\n")
        #expect(rendered.first == "x.yaml:1:320: error: engine cannot be 'moon'")
        #expect(rendered[1].count < 120)
        let caret = rendered[2].count - 1
        #expect(Array(rendered[1])[caret...].prefix(4) == ["m", "o", "o", "n"])
    }

    @Test("shows no control characters of the file to the terminal")
    func controls() {
        let rendered = load("engine: \u{85}moon # \u{9B}31m\n").mistakes
        #expect(!rendered.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    }
}
