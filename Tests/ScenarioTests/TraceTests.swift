import LabModel
import Testing

@testable import Scenario

@Suite("A trace")
struct TraceTests {
    /// The scenario's text, with `link` for the downlink, beside a trace.
    private func outcome(_ trace: String, link: String = "", rest: String = "duration: 10s") throws -> Outcome {
        let folder = try TemporaryFolder([
            "x.yaml": "\(rest)\nlink: {downlink: {trace: t.csv\(link)}}\n", "t.csv": trace,
        ])
        do {
            return .plans(try ScenarioLoader(shippedFolder: nil).load(folder.path + "/x.yaml"))
        } catch {
            return .mistakes(described(error).split(separator: folder.path + "/").joined())
        }
    }

    private func rates(_ plan: Plan) -> [Int64] {
        ([plan.impairment(of: .downlink)] + plan.timeline.compactMap { $0.impairments[.downlink] })
            .compactMap(\.rate?.bitsPerSecond)
    }

    @Test("of rows holds each until the next, and begins again")
    func table() throws {
        let plan = try #require(
            try outcome("# made up\ntime,rate,delay,loss\n0s,4mbit,20ms,0%\n2s,1mbit,60ms,1%\n").plan)
        #expect(plan.timeline.map(\.at.seconds) == [2, 4, 6, 8])
        #expect(rates(plan) == [4_000_000, 1_000_000, 4_000_000, 1_000_000, 4_000_000])
        #expect(plan.timeline[0].impairments[.downlink]?.delay == .milliseconds(60))
        #expect(plan.timeline[0].impairments[.downlink]?.loss == .independent(Probability(clamping: 0.01)))
        #expect(plan.timeline.allSatisfy { $0.stepOf == [.downlink: .trace] })
        #expect(plan.courses == [Course(.trace, of: .downlink, from: .zero, to: .seconds(10), text: "trace t.csv")])
        // 100 ms of the mean rate, which is 2.5 Mbit/s.
        #expect(plan.impairment(of: .downlink).queue == .bytes(ByteCount(31_250)))
        #expect(plan.impairment(of: .downlink).shaper == .htb)
    }

    @Test("may name its units in the header")
    func header() throws {
        let plan = try #require(try outcome("rate (kbit),time (ms)\r\n4000,0\r\n1000,2500\r\n").plan)
        #expect(plan.timeline.map(\.at.seconds) == [2.5, 5, 7.5])
        #expect(rates(plan) == [4_000_000, 1_000_000, 4_000_000, 1_000_000])
    }

    @Test("of delivery opportunities passes as many packets as it has lines, in each window with one")
    func opportunities() throws {
        // Three in the first window, none in the next two, one in the fourth; the last line ends it.
        let plan = try #require(try outcome("1\n1\n9\n35\n40\n", rest: "duration: 100ms").plan)
        let packet = Double(1514 * 8)
        #expect(plan.timeline.map(\.at.milliseconds) == [10, 40, 50, 80, 90])
        let expected = [3 / 0.01, 2 / 0.03].map { Int64(($0 * packet).rounded()) }
        #expect(rates(plan) == expected + expected + expected)
    }

    @Test("goes with a profile that stays as it is, and takes its rate's place")
    func profile() throws {
        let plan = try #require(
            try outcome("time,rate\n0s,4mbit\n4s,1mbit\n", rest: "duration: 6s\nprofile: wpt-lte").plan)
        #expect(rates(plan) == [4_000_000, 1_000_000])
        #expect(plan.timeline[0].impairments[.downlink]?.delay == plan.impairment(of: .uplink).delay)
    }

    @Test("settles a queue that acts on the wait at its mean rate, once")
    func queue() throws {
        let plan = try #require(
            try outcome("time,rate\n0s,4mbit\n2s,2mbit\n", link: ", queue: {codel: {limit: 1s}}").plan)
        let queues = plan.timeline.compactMap { $0.impairments[.downlink]?.queue }
        let expected = load("link: {downlink: {rate: 3mbit, queue: {codel: {limit: 1s}}}}").plan
        #expect(
            Set(queues + [plan.impairment(of: .downlink).queue]) == [
                try #require(expected).impairment(of: .downlink).queue
            ])
    }

    @Test("goes with changes of what it does not say")
    func changes() throws {
        let rest = "duration: 10s\ntimeline: [{at: 3s, for: 2s, downlink: {delay: 9ms}}]"
        let plan = try #require(try outcome("time,rate\n0s,4mbit\n4s,1mbit\n", rest: rest).plan)
        #expect(plan.timeline.map(\.at.seconds) == [3, 4, 5, 8])
        #expect(plan.timeline.map(\.isStep) == [false, true, false, true])
        #expect(plan.timeline.compactMap { $0.impairments[.downlink]?.delay.milliseconds } == [9, 9, 0, 0])
    }

    struct Mistake: CustomTestStringConvertible {
        let testDescription: String
        let trace: String
        let rendered: String

        init(_ name: String, _ trace: String, _ rendered: String) {
            (testDescription, self.trace, self.rendered) = (name, trace, rendered)
        }
    }

    static let mistakes = [
        Mistake("nothing", "", "x.yaml:2:26: error: the trace 't.csv' is empty"),
        Mistake("comments only", "# nothing\n\n", "x.yaml:2:26: error: the trace 't.csv' is empty"),
        Mistake("no rows", "time,rate\n", "t.csv:1:1: error: the trace 't.csv' has no rows"),
        Mistake(
            "rows that go back in time", "time,rate\n0s,1mbit\n2s,1mbit\n1s,1mbit\n",
            "t.csv:4:1: error: 1s comes before the row above, 2s"),
        Mistake(
            "rows too near to each other", "time,rate\n0s,1mbit\n1ms,2mbit\n",
            "t.csv:3:1: error: 1ms is less than 5ms after the row above"),
        Mistake("a late start", "time,rate\n1s,1mbit\n", "t.csv:2:1: error: the trace begins at 1s, not at 0"),
        Mistake("rubbish in a cell", "time,rate\n0s,fast\n", "t.csv:2:4: error: 'fast' is no rate"),
        Mistake("a bare number", "time,rate\n0s,1000\n", "t.csv:2:4: error: '1000' is no rate"),
        Mistake("a rate of nothing", "time,rate\n0s, 0bit\n", "t.csv:2:5: error: rate 0bit is not from 1kbit to 1tbit"),
        Mistake("a missing cell", "time,rate\n0s\n", "t.csv:2:1: error: a row of 1 cells where the header has 2"),
        Mistake("an unknown column", "time,speed\n", "t.csv:1:6: error: 'speed' is no column of a trace"),
        Mistake("no rates", "time,delay\n", "t.csv:1:1: error: the trace has no column 'rate'"),
        Mistake("an unknown unit", "time (h),rate\n", "t.csv:1:1: error: 'h' is no unit of a time"),
        Mistake("opportunities back in time", "5\n3\n", "t.csv:2:1: error: 3 ms comes before the line above, 5 ms"),
        Mistake(
            "rubbish among opportunities", "5\n 7x\n",
            "t.csv:2:2: error: '7x' is no whole number of milliseconds up to a day"),
        Mistake("no length", "0\n0\n", "t.csv:2:1: error: the trace ends at 0 ms"),
    ]

    @Test("with a mistake says where", arguments: mistakes)
    func wrong(_ example: Mistake) throws {
        let rendered = try outcome(example.trace).mistakes
        #expect(rendered.split(separator: "\n").first.map(String.init) == example.rendered)
    }

    @Test("is all that says the rate, and has htb follow it")
    func contradictions() throws {
        let both = try outcome("time,rate\n0s,1mbit\n", link: ", rate: 2mbit").mistakes
        #expect(both.contains("x.yaml:2:39: error: the trace t.csv says what this is"))
        let bucket = try outcome("time,rate\n0s,1mbit\n", link: ", shaper: tbf").mistakes
        #expect(bucket.contains("x.yaml:2:41: error: tbf cannot follow a trace: each change fills its bucket"))
        let change = try outcome(
            "time,rate\n0s,1mbit\n", rest: "timeline: [{at: 5s, downlink: {rate: 2mbit}}]"
        ).mistakes
        #expect(change.contains("x.yaml:1:38: error: the trace t.csv says what this is"))
        let profile = try outcome("time,rate\n0s,1mbit\n", rest: "profile: cascade").mistakes
        #expect(profile.contains("x.yaml:2:26: error: the profile 'cascade' changes the downlink's rate over time"))
        #expect(load("link: {downlink: {trace: no-such.csv}}").mistakes.contains("cannot read trace 'no-such.csv'"))
    }

    @Test("of any bytes is taken or refused, and never ends the program")
    func hostile() throws {
        var generator = SplitMix(state: 7)
        for seed in ["time,rate\n0s,4mbit\n2s,1mbit\n", "1\n1\n9\n35\n40\n"] {
            for _ in 0..<200 {
                var bytes = Array(seed.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                _ = try outcome(String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
