import LabModel
import Testing

@testable import Scenario

@Suite("Plans")
struct PlanTests {
    /// One of everything; what is shipped may be tuned without telling this test.
    private let whole = """
        name: 10 Mbit/s DSL
        description: Live 720p at 2.5 Mbit/s over a DSL-like link that dips to 2 Mbit/s.
        seed: 7
        duration: 30s
        link:
          downlink: {rate: 10mbit, delay: 20ms, jitter: 2ms, loss: 0.1%, queue: 100ms}
          uplink:   {rate: 1mbit, delay: 20ms}
        timeline:
          - {at: 10s, downlink: {rate: 2mbit}}
          - {at: 20s, downlink: {rate: 10mbit}}
        pipeline:
          protocol: rtp
          media:
            video: {codec: h264, size: 1280x720, fps: 30, rate: 2500kbit, gop: 2s}
            audio: {codec: aac, rate: 128kbit}
          player: {buffer: 200ms}
        probes:
          - {throughput: tcp, before: 5s}
          - {latency: 50ms}
        expect:
          - rtp.video.loss <= 1%
          - player.stall.total < 500ms
          - avsync.p95 < 80ms
        """

    @Test("of a whole scenario have every value of its text")
    func everything() throws {
        let plan = try #require(load(whole).plan)
        let down = Impairment(
            rate: Rate(bitsPerSecond: 10_000_000), queue: .time(.milliseconds(100)), delay: .milliseconds(20),
            jitter: .milliseconds(2), loss: .independent(Probability(clamping: 0.001)))
        var dipped = down
        dipped.rate = Rate(bitsPerSecond: 2_000_000)
        let expected = Plan(
            slug: "x", name: "10 Mbit/s DSL",
            description: "Live 720p at 2.5 Mbit/s over a DSL-like link that dips to 2 Mbit/s.", seed: 7,
            duration: .seconds(30),
            link: [
                .downlink: down, .uplink: Impairment(rate: Rate(bitsPerSecond: 1_000_000), delay: .milliseconds(20)),
            ],
            timeline: [
                TimelineChange(at: .seconds(10), impairments: [.downlink: dipped]),
                TimelineChange(at: .seconds(20), impairments: [.downlink: down]),
            ],
            pipeline: PipelinePlan(player: PlayerPolicy(buffer: .milliseconds(200))),
            probes: [
                .throughput(.init(transport: .tcp, duration: .seconds(5))), .latency(interval: .milliseconds(50)),
            ],
            expectations: [
                Expectation(
                    metric: "rtp.video.loss", comparison: .lessOrEqual, limit: 0.01, text: "rtp.video.loss <= 1%"),
                Expectation(
                    metric: "player.stall.total", comparison: .less, limit: 0.5, text: "player.stall.total < 500ms"),
                Expectation(metric: "avsync.p95", comparison: .less, limit: 0.08, text: "avsync.p95 < 80ms"),
            ])
        #expect(plan == expected)
    }

    @Test("of next to nothing are all defaults")
    func defaults() {
        #expect(load("name: bare").plan == Plan(slug: "x", name: "bare"))
    }

    @Test("take what both directions share, then what one says itself")
    func both() {
        let plan = load("link: {both: {rate: 5mbit, delay: 10ms}, uplink: {delay: 30ms}}").plan
        #expect(plan?.impairment(of: .downlink).delay == .milliseconds(10))
        #expect(plan?.impairment(of: .uplink).delay == .milliseconds(30))
        #expect(plan?.impairment(of: .uplink).rate == Rate(bitsPerSecond: 5_000_000))
    }

    @Test("have the version of IP, the largest packets, and every hop")
    func networkLayer() {
        let plan = load(
            """
            ip: 6
            link:
              mtu: 1280
              hops:
                - {downlink: {rate: 2mbit, delay: 40ms}, uplink: {delay: 10ms}}
                - {both: {rate: 8mbit}}
                - {downlink: {rate: 1500kbit}}
            pipeline: {packet: 1400B}
            probes:
              - {throughput: udp, rate: 500kbit, during: 10s, at: 5s, hop: 3}
              - {throughput: udp, rate: 500kbit, during: 10s, at: 5s, hop: 1, direction: uplink}
            """
        ).plan
        #expect(plan?.ip == .v6 && plan?.mtu == ByteCount(1280) && plan?.pipeline.packet == ByteCount(1400))
        #expect(plan?.hops.count == 3)
        #expect(plan?.hops.map { $0[.downlink]?.rate?.bitsPerSecond } == [2_000_000, 8_000_000, 1_500_000])
        #expect(plan?.hops.map { $0[.uplink]?.rate?.bitsPerSecond } == [nil, 8_000_000, nil])
        #expect(plan?.hops.map { $0[.uplink]?.delay.milliseconds } == [10, 0, 0])
        #expect(plan?.rate(of: .downlink) == Rate(bitsPerSecond: 1_500_000))
        #expect(plan?.rate(of: .downlink, atHop: 2) == Rate(bitsPerSecond: 8_000_000))
        #expect(plan?.rate(of: .uplink, atHop: 1) == nil)
        let rivalries = plan?.probes.map { probe -> ProbePlan.Rivalry? in
            if case .throughput(let flow) = probe { flow.rivalry } else { nil }
        }
        #expect(
            rivalries == [
                ProbePlan.Rivalry(at: .seconds(5), hop: 3),
                ProbePlan.Rivalry(at: .seconds(5), direction: .uplink, hop: 1),
            ])
    }

    @Test("lay changes over what is in force, sorted by time")
    func timeline() {
        let plan = load(
            """
            link: {downlink: {rate: 8mbit, delay: 20ms}}
            timeline:
              - {at: 9s, downlink: {delay: 5ms}}
              - {at: 4s, downlink: {rate: 2mbit, loss: 1%}}
            """
        ).plan
        let first = Impairment(
            rate: Rate(bitsPerSecond: 2_000_000), delay: .milliseconds(20),
            loss: .independent(Probability(clamping: 0.01)))
        var second = first
        second.delay = .milliseconds(5)
        #expect(
            plan?.timeline == [
                TimelineChange(at: .seconds(4), impairments: [.downlink: first]),
                TimelineChange(at: .seconds(9), impairments: [.downlink: second]),
            ])
    }

    @Test("give a slow link a default queue that holds some packets")
    func slowQueue() {
        let plan = load("link: {uplink: {rate: 30kbit}, downlink: {rate: 1mbit}}").plan
        #expect(plan?.impairment(of: .uplink).queue == .bytes(ByteCount(6056)))
        #expect(plan?.impairment(of: .downlink).queue == .time(.milliseconds(100)))
    }

    @Test("know queues of every unit and bursty loss")
    func impairments() {
        let plan = load(
            """
            link:
              downlink: {rate: 8mbit, shaper: htb, queue: 50packets}
              uplink: {rate: 8mbit, queue: 64KiB, loss: {gemodel: {p: 1%, r: 20%, loss-in-bad: 50%}}}
            """
        ).plan
        #expect(plan?.impairment(of: .downlink).queue == .packets(50))
        #expect(plan?.impairment(of: .downlink).shaper == .htb)
        #expect(plan?.impairment(of: .uplink).queue == .bytes(ByteCount(65536)))
        let model = GilbertElliott(
            p: Probability(clamping: 0.01), r: Probability(clamping: 0.2), lossInBad: Probability(clamping: 0.5),
            lossInGood: .zero)
        #expect(plan?.impairment(of: .uplink).loss == .gilbertElliott(model))
    }

    @Test("of a profile are its link, with the scenario's own over it")
    func profile() throws {
        let plan = try #require(load("profile: wpt-lte\nlink: {downlink: {loss: 1%}}").plan)
        #expect(plan.profile == "wpt-lte")
        #expect(plan.impairment(of: .downlink).rate == Rate(bitsPerSecond: 12_000_000))
        #expect(plan.impairment(of: .uplink).delay == .milliseconds(35))
        #expect(plan.impairment(of: .downlink).loss == .independent(Probability(clamping: 0.01)))
        #expect(plan.impairment(of: .uplink).loss == .none)
    }

    @Test("of a matrix are one for each combination, in order")
    func matrix() {
        guard case .plans(let scenario) = load("matrix: {link.downlink.rate: [2mbit, 5mbit], seed: [1, 2, 3]}") else {
            Issue.record("the matrix is valid")
            return
        }
        let variants = scenario.plans.map { $0.variant.map(\.value).joined(separator: " ") }
        #expect(variants == ["2mbit 1", "2mbit 2", "2mbit 3", "5mbit 1", "5mbit 2", "5mbit 3"])
        #expect(scenario.plans.map(\.seed) == [1, 2, 3, 1, 2, 3])
        #expect(scenario.plans.last?.impairment(of: .downlink).rate == Rate(bitsPerSecond: 5_000_000))
        #expect(scenario.plans.first?.variant.first?.setting == "link.downlink.rate")
    }

    @Test("of an override have its value, also where a matrix or a list has another")
    func overrides() {
        let text = "matrix: {seed: [1, 2]}\nprobes: [{latency: 50ms}]\n"
        let set = ["seed=9", "probes.0.latency=20ms", "name=a: b?", "link.downlink.loss=5%", "link.downlink.loss=6%"]
        guard case .plans(let scenario) = load(text, set.filter { $0 != "name=a: b?" } + ["name='a: b?'"]) else {
            Issue.record("the overrides are valid")
            return
        }
        #expect(scenario.plans.map(\.seed) == [9])
        #expect(scenario.plans.first?.name == "a: b?")
        #expect(scenario.plans.first?.probes == [.latency(interval: .milliseconds(20))])
        #expect(scenario.plans.first?.impairment(of: .downlink).loss == .independent(Probability(clamping: 0.06)))
    }

    @Test("warn of what does nothing, and are valid all the same")
    func warnings() {
        guard case .plans(let scenario) = load("link: {downlink: {queue: 50ms}}") else {
            Issue.record("a warning is no error")
            return
        }
        #expect(
            scenario.warnings.map { $0.render() } == [
                """
                x.yaml:1:26: warning: queue does nothing without a rate
                    link: {downlink: {queue: 50ms}}
                                             ^
                hint: give the direction a rate
                """
            ])
    }
}
