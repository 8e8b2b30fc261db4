import LabModel
import Testing

@testable import Scenario

@Suite("A matrix")
struct MatrixTests {
    private static let conditions = """
        link: {downlink: {rate: 4mbit, delay: 20ms}}
        matrix:
          condition:
            clean:
            5 % loss: {link: {downlink: {loss: 5%}}}
            outage: {timeline: [{at: 3s, for: 1s, downlink: {down: silent}}]}
          pipeline.protocol: [rtp, udp-ts]
        """

    private func plans(_ text: String, _ overrides: [String] = []) throws -> [Plan] {
        let outcome = load(text, overrides)
        guard case .plans(let scenario) = outcome else {
            Issue.record("\(outcome.mistakes)")
            return []
        }
        return scenario.plans
    }

    private func words(_ plans: [Plan]) -> [String] {
        plans.map { $0.variant.map(\.value).joined(separator: " ") }
    }

    @Test("has conditions with names, each laid over the scenario")
    func named() throws {
        let plans = try plans(Self.conditions)
        #expect(
            words(plans) == [
                "clean rtp", "clean udp-ts", "5 % loss rtp", "5 % loss udp-ts", "outage rtp", "outage udp-ts",
            ])
        #expect(plans[0].variant[0].setting == "condition")
        #expect(plans.allSatisfy { $0.impairment(of: .downlink).rate == Rate(bitsPerSecond: 4_000_000) })
        #expect(plans[2].impairment(of: .downlink).loss == .independent(Probability(clamping: 0.05)))
        #expect(plans[2].impairment(of: .downlink).delay == .milliseconds(20))
        #expect(plans[0].timeline.isEmpty && plans[4].timeline.count == 2)
        #expect(plans.map(\.pipeline.protocol) == [.rtp, .udpTS, .rtp, .udpTS, .rtp, .udpTS])
    }

    @Test("has names for the values of any setting, which are laid over it")
    func namedValues() throws {
        let text = """
            link: {downlink: {rate: 4mbit, delay: 20ms}}
            matrix: {link.downlink: {far: {delay: 90ms}, near: {}}, pipeline: {fast: {player: {buffer: 50ms}}, safe: {protocol: rtp-ts}}}
            """
        let plans = try plans(text)
        #expect(words(plans) == ["far fast", "far safe", "near fast", "near safe"])
        #expect(plans.map { $0.impairment(of: .downlink).delay.milliseconds } == [90, 90, 20, 20])
        #expect(plans.allSatisfy { $0.impairment(of: .downlink).rate == Rate(bitsPerSecond: 4_000_000) })
        #expect(plans.map(\.pipeline.protocol) == [.rtp, .rtpTS, .rtp, .rtpTS])
        #expect(plans[0].pipeline.player.buffer == .milliseconds(50))
    }

    @Test("leaves out what says nothing to a protocol, so that it multiplies no runs")
    func collapsed() throws {
        let text = "matrix: {pipeline.protocol: [rtp, udp-ts], pipeline.ts.rate: [2mbit, 3mbit]}"
        let plans = try plans(text)
        #expect(words(plans) == ["rtp", "udp-ts 2mbit", "udp-ts 3mbit"])
        #expect(plans.map(\.pipeline.transportStream.rate?.bitsPerSecond) == [nil, 2_000_000, 3_000_000])
    }

    @Test("varies what WebSocket messages hold, for ws alone")
    func containers() throws {
        let plans = try plans("matrix: {pipeline.protocol: [srt, ws], pipeline.ws.container: [mpegts, fmp4]}")
        #expect(words(plans) == ["srt", "ws mpegts", "ws fmp4"])
        #expect(plans.map(\.pipeline.carriesTransportStream) == [true, true, false])
    }

    @Test("is made as often as 'repeat' says, each time with a seed of its own")
    func repeated() throws {
        let plans = try plans("seed: 5\nrepeat: 3\nmatrix: {pipeline.protocol: [rtp, udp-ts]}")
        #expect(words(plans) == ["rtp 1", "rtp 2", "rtp 3", "udp-ts 1", "udp-ts 2", "udp-ts 3"])
        #expect(plans[0].seed == 5 && Set(plans.prefix(3).map(\.seed)).count == 3)
        #expect(plans.prefix(3).map(\.seed) == plans.suffix(3).map(\.seed))
        #expect(try self.plans("repeat: 2").count == 2)
        #expect(try self.plans("repeat: 1")[0].variant.isEmpty)
        #expect(try self.plans("repeat: 4", ["repeat=1"]).count == 1)
    }

    @Test(
        "lets the command line choose by name, and have the last word",
        arguments: [
            (["condition=outage"], ["outage rtp", "outage udp-ts"]),
            (["condition=[clean, outage]", "pipeline.protocol=rtp"], ["clean", "outage"]),
            (["pipeline.protocol=rtp-ts", "link.downlink.loss=9%"], ["clean", "5 % loss", "outage"]),
        ])
    func chosen(_ overrides: [String], _ expected: [String]) throws {
        let plans = try plans(Self.conditions, overrides)
        #expect(words(plans) == expected)
        if overrides.contains("link.downlink.loss=9%") {
            #expect(plans.allSatisfy { $0.impairment(of: .downlink).loss == .independent(Probability(clamping: 0.09)) })
        }
    }

    @Test("knows which block of options is a protocol's")
    func blocks() {
        #expect(StreamProtocol.udpTS.heeds(block: "ts") && !StreamProtocol.rtp.heeds(block: "ts"))
        #expect(StreamProtocol.allCases.allSatisfy { $0.heeds(block: "player") && $0.heeds(block: "media") })
        #expect(StreamProtocol.allCases.allSatisfy { $0.heeds(block: $0.rawValue) || $0.rawValue.contains("-") })
    }

    static let mistakes: [MistakeCase] = [
        MistakeCase(
            "a list of conditions", "matrix: {condition: [clean]}",
            """
            x.yaml:1:21: error: 'condition' needs names, each with settings
                matrix: {condition: [clean]}
                                    ^
            hint: such as {clean: {}, lossy: {link: {downlink: {loss: 5%}}}}
            """),
        MistakeCase(
            "a condition that is no mapping", "matrix: {condition: {clean: 5%}}",
            """
            x.yaml:1:29: error: condition 'clean' must be a mapping of settings, not a single value
                matrix: {condition: {clean: 5%}}
                                            ^
            hint: such as {link: {downlink: {loss: 5%}}}
            """),
        MistakeCase(
            "a condition with a name of its own", "matrix: {condition: {clean: {name: x}}}",
            """
            x.yaml:1:30: error: a condition cannot have 'name'
                matrix: {condition: {clean: {name: x}}}
                                             ^
            """),
        MistakeCase(
            "a mistake in one condition", "matrix: {condition: {a: {}, b: {link: {downlink: {los: 5%}}}}}",
            """
            x.yaml:1:51: error: unknown key 'los' in downlink
                matrix: {condition: {a: {}, b: {link: {downlink: {los: 5%}}}}}
                                                                  ^
            hint: did you mean 'loss'?
            """),
        MistakeCase(
            "an option that no run's protocol has", "matrix: {pipeline.ts.rate: [2mbit, 3mbit]}",
            """
            x.yaml:1:10: error: no run has a protocol that heeds 'pipeline.ts.rate'
                matrix: {pipeline.ts.rate: [2mbit, 3mbit]}
                         ^
            hint: leave it out, or take a protocol that it belongs to
            """),
        MistakeCase(
            "no values", "matrix: {seed: 4}",
            """
            x.yaml:1:16: error: 'seed' needs a list of values
                matrix: {seed: 4}
                               ^
            hint: such as [2mbit, 5mbit], or {slow: 2mbit, fast: 5mbit} to name them
            """),
        MistakeCase(
            "no repetition", "repeat: 0",
            """
            x.yaml:1:9: error: repeat must be a whole number from 1 to 100, not '0'
                repeat: 0
                        ^
            """),
        MistakeCase(
            "too many runs by repetition", "repeat: 100\nmatrix: {seed: [1, 2, 3]}",
            """
            x.yaml:2:9: error: matrix makes 300 runs, more than 256
                matrix: {seed: [1, 2, 3]}
                        ^
            """),
    ]

    @Test("says what is wrong with it, and where", arguments: mistakes)
    func mistake(_ given: MistakeCase) {
        #expect(load(given.text).mistakes == given.rendered)
    }

    @Test("says which conditions there are, where one is asked for that is none")
    func unknown() {
        #expect(load(Self.conditions, ["condition=outrage"]).mistakes.contains("hint: did you mean 'outage'?"))
        #expect(
            load(Self.conditions, ["condition=x"]).mistakes.contains("hint: the scenario has clean, 5 % loss, outage"))
    }
}
