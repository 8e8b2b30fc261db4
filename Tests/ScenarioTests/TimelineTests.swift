import LabModel
import Testing

@testable import Scenario

@Suite("A timeline")
struct TimelineTests {
    private func plan(_ timeline: String) throws -> Plan {
        try #require(
            load("link: {downlink: {rate: 8mbit, delay: 20ms}, uplink: {delay: 20ms}}\ntimeline: [\(timeline)]").plan)
    }

    private func rates(_ plan: Plan) -> [Double] {
        plan.timeline.compactMap { $0.impairments[.downlink]?.rate }.map { Double($0.bitsPerSecond) / 1e6 }
    }

    @Test("goes in a straight line from what holds to what is asked")
    func ramp() throws {
        let plan = try plan("{at: 10s, over: 5s, step: 1s, downlink: {rate: 3mbit, delay: 70ms, loss: 10%}}")
        #expect(plan.timeline.map(\.at.seconds) == [10, 11, 12, 13, 14, 15])
        #expect(rates(plan) == [7.5, 6.5, 5.5, 4.5, 3.5, 3])
        let first = try #require(plan.timeline.first?.impairments[.downlink])
        #expect(first.delay == .milliseconds(25))
        #expect(abs(first.loss.meanLoss.value - 0.01) < 1e-9)
        #expect(first.shaper == .htb)
        #expect(plan.impairment(of: .downlink).shaper == .htb)
        #expect(plan.timeline.map(\.isStep) == [true, true, true, true, true, false])
        let course = try #require(plan.courses.first)
        #expect((course.from, course.to, course.direction) == (.seconds(10), .seconds(15), .downlink))
    }

    @Test("has steps of 100 ms where a ramp does not say")
    func usualStep() throws {
        let plan = try plan("{at: 10s, over: 5s, uplink: {delay: 70ms}}")
        #expect(plan.timeline.count == 51)
        #expect(plan.impairment(of: .downlink).shaper == .tbf)
    }

    @Test("comes back after an outage to what was before, and to what changed meanwhile")
    func outages() throws {
        let plan = try plan(
            "{at: 10s, for: 2s, downlink: {down: true}}, {at: 11s, uplink: {delay: 5ms}}, {at: 20s, for: 1s, both: {down: link}}"
        )
        #expect(plan.timeline.map(\.at.seconds) == [10, 11, 12, 20, 21])
        let downlink = plan.timeline.compactMap { $0.impairments[.downlink] }
        #expect(downlink.map(\.loss.meanLoss.value) == [1, 0, 0, 0])
        #expect(downlink.map(\.carrier) == [.up, .up, .down, .up])
        #expect(downlink[1] == plan.impairment(of: .downlink))
        #expect(plan.impairment(of: .uplink, at: .seconds(25)).delay == .milliseconds(5))
    }

    @Test("comes again as often as it is told, or until it is told")
    func repetitions() throws {
        let often = try plan("{at: 5s, every: 5s, times: 3, for: 1s, downlink: {rate: 1mbit}}")
        #expect(often.timeline.map(\.at.seconds) == [5, 6, 10, 11, 15, 16])
        #expect(rates(often) == [1, 8, 1, 8, 1, 8])
        let until = try plan("{at: 5s, every: 5s, until: 21s, for: 1s, uplink: {delay: 1ms}}")
        #expect(until.timeline.map(\.at.seconds) == [5, 6, 10, 11, 15, 16, 20, 21])
    }

    @Test("merges what two directions do at one moment")
    func merge() throws {
        let plan = try plan(
            "{at: 5s, every: 5s, times: 2, for: 1s, uplink: {delay: 1ms}}, {at: 10s, downlink: {delay: 30ms}}")
        #expect(plan.timeline.map { $0.impairments.count } == [1, 1, 2, 1])
    }

    @Test("covers with what lasts for a time whatever changes meanwhile")
    func covers() throws {
        let plan = try plan(
            """
            {at: 10s, over: 4s, step: 1s, downlink: {delay: 60ms}}, {at: 11.5s, for: 1s, downlink: {down: true}},
            {at: 20s, for: 2s, downlink: {rate: 1mbit}}, {at: 21s, downlink: {rate: 4mbit, delay: 5ms}}
            """)
        let downlink = plan.timeline.compactMap { $0.impairments[.downlink] }
        #expect(plan.timeline.map(\.at.seconds) == [10, 11, 11.5, 12, 12.5, 13, 14, 20, 21, 22])
        #expect(downlink.map(\.delay.milliseconds) == [25, 35, 35, 45, 45, 55, 60, 60, 5, 5])
        #expect(downlink.map(\.loss.meanLoss.value) == [0, 0, 1, 1, 0, 0, 0, 0, 0, 0])
        #expect(rates(plan) == [8, 8, 8, 8, 8, 8, 8, 1, 1, 4])
        #expect(plan.timeline.map(\.isStep) == [true, true, false, true, false, true, false, false, false, false])
    }

    @Test("goes from one ramp into the next")
    func sawtooth() throws {
        let plan = try plan(
            """
            {at: 2s, over: 2s, step: 1s, downlink: {rate: 4mbit}}, {at: 4s, over: 2s, step: 1s, downlink: {rate: 8mbit}},
            {at: 6s, for: 1s, downlink: {delay: 30ms}}, {at: 7s, downlink: {delay: 40ms}}
            """)
        #expect(plan.timeline.map(\.at.seconds) == [2, 3, 4, 5, 6, 7])
        #expect(rates(plan) == [7, 5, 5, 7, 8, 8])
        #expect(plan.courses.map(\.text) == ["ramp to rate 4 Mbit/s", "ramp to rate 8 Mbit/s"])
    }

    @Test("lies over a profile that changes")
    func profile() throws {
        let plan = try #require(
            load(
                """
                profile: cascade
                timeline:
                  - {at: 59s, for: 2s, downlink: {down: true}}
                  - {at: 65s, over: 10s, step: 5s, downlink: {rate: 1400kbit}}
                  - {at: 80s, every: 20s, times: 2, for: 15s, uplink: {delay: 90ms}}
                """
            ).plan)
        #expect(plan.timeline.map(\.at.seconds) == [30, 59, 60, 61, 65, 70, 75, 80, 90, 95, 100, 115, 120])
        #expect(plan.impairment(of: .downlink, at: .seconds(60)).rate == .kilobits(400))
        #expect(plan.impairment(of: .downlink, at: .seconds(60)).loss.meanLoss.value == 1)
        #expect(plan.impairment(of: .downlink, at: .seconds(61)).rate == .kilobits(400))
        #expect(plan.impairment(of: .downlink, at: .seconds(61)).loss == .none)
        #expect(plan.impairment(of: .downlink, at: .seconds(70)).rate == .kilobits(1150))
        #expect(plan.impairment(of: .downlink, at: .seconds(90)).rate == .kilobits(800))
        #expect(plan.impairment(of: .uplink, at: .seconds(91)).rate == .kilobits(800))
        #expect(plan.impairment(of: .uplink, at: .seconds(91)).delay == .milliseconds(90))
        #expect(plan.impairment(of: .downlink).shaper == .htb && plan.impairment(of: .uplink).shaper == .tbf)
    }
}
