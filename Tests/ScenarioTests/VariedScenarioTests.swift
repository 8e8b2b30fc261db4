import LabModel
import Testing

@testable import Scenario

@Suite("One setting of a scenario is left open")
struct VariedScenarioTests {
    private func vary(
        _ setting: String, _ from: String, _ to: String, until: String = "player.stall.total < 1s",
        _ text: String = "link: {downlink: {rate: 5mbit}}\n", set overrides: [String] = []
    ) throws(ScenarioError) -> VariedScenario {
        try Repository.loader.vary(
            text: text, as: "x.yaml", VariedRange(setting: setting, from: from, to: to, until: until),
            overrides: overrides)
    }

    struct Quantities: CustomTestStringConvertible {
        var setting: String
        var from: String
        var to: String
        var ends: ClosedRange<Double>
        var quantity: Quantity
        /// A value between them, and how it is written.
        var value: Double
        var text: String
        var testDescription: String { setting }
    }

    @Test(
        "and knows its ends and how a value between them is written",
        arguments: [
            Quantities(
                setting: "link.downlink.loss", from: "0%", to: "20%", ends: 0...0.2, quantity: .ratio, value: 0.046875,
                text: "4.6875%"),
            Quantities(
                setting: "link.uplink.rate", from: "500kbit", to: "2mbit", ends: 5e5...2e6, quantity: .rate,
                value: 1_234_567.8, text: "1.234568mbit"),
            Quantities(
                setting: "pipeline.player.buffer", from: "0s", to: "1s", ends: 0...1, quantity: .time,
                value: 0.015625, text: "15.625ms"),
            Quantities(
                setting: "link.downlink.queue", from: "5packets", to: "50packets", ends: 5...50, quantity: .count,
                value: 7.6, text: "8packets"),
            Quantities(
                setting: "link.downlink.queue", from: "20kB", to: "40kB", ends: 20e3...40e3, quantity: .size,
                value: 20_312.5, text: "20.313kB"),
            Quantities(
                setting: "link.downlink.loss.gemodel.p", from: "1%", to: "2%", ends: 0.01...0.02, quantity: .ratio,
                value: 0.015, text: "1.5%"),
            Quantities(
                setting: "timeline.0.downlink.rate", from: "1mbit", to: "2mbit", ends: 1e6...2e6, quantity: .rate,
                value: 1.5e6, text: "1.5mbit"),
        ])
    func quantities(_ given: Quantities) throws {
        let text = """
            link: {downlink: {rate: 5mbit}, uplink: {rate: 5mbit}}
            timeline: [{at: 1s, downlink: {rate: 2mbit}}]
            """
        let base = given.setting.contains("gemodel") ? ["link.downlink.loss={gemodel: {p: 1%, r: 30%}}"] : []
        let scenario = try vary(given.setting, given.from, given.to, text, set: base)
        #expect(abs(scenario.from - given.ends.lowerBound) < 1e-12)
        #expect(abs(scenario.to - given.ends.upperBound) < 1e-12)
        #expect(scenario.quantity.quantity == given.quantity)
        #expect(scenario.quantity.text(of: given.value) == given.text)
        let read = try #require(scenario.quantity.value(of: given.text))
        let plan = try scenario.plan(at: read)
        #expect(plan.variant == [VariantSetting(setting: given.setting, value: given.text)])
        let same = load(text, base + ["\(given.setting)=\(given.text)"]).plan
        #expect(plan.link == same?.link && plan.timeline == same?.timeline && plan.pipeline == same?.pipeline)
    }

    @Test("with the search's expectation in place of its own")
    func expectation() throws {
        let text = "expect: [player.late <= 3]\n"
        let scenario = try vary("link.downlink.loss", "0%", "5%", until: "rtp.video.loss <= 1%", text)
        #expect(scenario.first.expectations.map(\.text) == ["rtp.video.loss <= 1%"])
        #expect(try scenario.plan(at: 0.01).expectations == scenario.first.expectations)
    }

    struct Mistake: CustomTestStringConvertible {
        var testDescription: String
        var setting = "link.downlink.loss"
        var from = "0%"
        var to = "20%"
        var until = "player.stall.total < 1s"
        var text = "duration: 3s\n"
        var overrides: [String] = []
        var rendered: String
    }

    @Test("and a mistake is shown at the option that has it", arguments: mistakes)
    func ofMistakes(_ given: Mistake) {
        let error = #expect(throws: ScenarioError.self) {
            try vary(given.setting, given.from, given.to, until: given.until, given.text, set: given.overrides)
        }
        #expect(error.map(described) == given.rendered)
    }

    static let mistakes = [
        Mistake(
            testDescription: "a key that is none", setting: "link.downlink.los",
            rendered: """
                --vary: error: unknown key 'los' in downlink
                    link.downlink.los
                                  ^
                hint: did you mean 'loss'?
                """),
        Mistake(
            testDescription: "no quantity", setting: "name",
            rendered: """
                --vary: error: 'name' is no quantity, so it cannot be varied
                    name
                    ^
                hint: such as link.downlink.loss, link.downlink.rate or pipeline.player.buffer
                """),
        Mistake(
            testDescription: "the seed", setting: "seed", from: "1", to: "9",
            rendered: """
                --vary: error: 'seed' cannot be varied: each run of a search has its own
                    seed
                    ^
                """),
        Mistake(
            testDescription: "both ends", from: "5", to: "140%",
            rendered: """
                --from: error: loss 5 has no unit
                    5
                    ^
                hint: write %, such as 1%
                --to: error: loss 140% is more than 100%
                    140%
                    ^
                """),
        Mistake(
            testDescription: "the same ends", from: "1%", to: "1.0%",
            rendered: """
                --to: error: --from and --to are the same
                    1.0%
                    ^
                hint: give the two ends of a range
                """),
        Mistake(
            testDescription: "two kinds of quantity", setting: "link.downlink.queue", from: "50ms", to: "50kB",
            text: "link: {downlink: {rate: 5mbit}}\n",
            rendered: """
                --to: error: 50kB is a size, and --from a time
                    50kB
                    ^
                hint: write both as the same kind of quantity
                """),
        Mistake(
            testDescription: "the expectation", until: "player.stall.totl < 1s",
            rendered: """
                --until: error: no metric is called 'player.stall.totl'
                    player.stall.totl < 1s
                    ^
                hint: did you mean 'player.stall.total'?
                """),
        Mistake(
            testDescription: "a matrix", text: "matrix: {link.downlink.delay: [1ms, 2ms]}\n",
            rendered: """
                --vary: error: a search takes one run, and the scenario's matrix makes 2
                    link.downlink.loss
                    ^
                hint: choose a value for each setting of the matrix with --set
                """),
        Mistake(
            testDescription: "the file, once for both ends", text: "engin: host\n",
            rendered: """
                x.yaml:1:1: error: unknown key 'engin' in the scenario
                    engin: host
                    ^
                hint: did you mean 'engine'?
                """),
    ]
}
