import LabModel
import Testing

@testable import AdaptiveStreaming

@Suite struct RuleTests {
    static let ladder = [500_000, 1_200_000, 2_500_000].map { Rate(bitsPerSecond: $0) }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var rule: AdaptationRule = .throughput(ThroughputRule())
        var current: Int?
        var estimate: Int64?
        var lost = 0.0
        var buffer = 6.0
        var since: Double?
        let choice: Int
        let reason: AdaptationReason
    }

    static let cases = [
        Case(testDescription: "fixed", rule: .fixed(1), current: 0, estimate: 1, choice: 1, reason: .fixed),
        Case(testDescription: "fixed beyond the ladder", rule: .fixed(9), choice: 2, reason: .fixed),
        Case(testDescription: "nothing measured", choice: 0, reason: .noEstimate),
        Case(testDescription: "nothing measured yet keeps", current: 2, choice: 2, reason: .noEstimate),
        Case(testDescription: "first, with room", estimate: 1_700_000, choice: 1, reason: .throughput),
        Case(
            testDescription: "down at once", current: 2, estimate: 1_000_000, since: 0.1, choice: 0, reason: .throughput
        ),
        Case(testDescription: "kept where it just fits", current: 2, estimate: 2_800_000, choice: 2, reason: .steady),
        Case(
            testDescription: "no climb to what just fits", current: 1, estimate: 2_800_000, choice: 1, reason: .steady),
        Case(testDescription: "climb with room", current: 0, estimate: 4_000_000, choice: 2, reason: .throughput),
        Case(testDescription: "not so soon", current: 0, estimate: 4_000_000, since: 1, choice: 0, reason: .dwelling),
        Case(
            testDescription: "the buffer runs out though the estimate is high", current: 2, estimate: 8_000_000,
            buffer: 1, choice: 1, reason: .lowBuffer),
        Case(testDescription: "nothing lower", current: 0, estimate: 100, buffer: 0, choice: 0, reason: .steady),
        Case(
            testDescription: "what is lost of each segment is not counted on", current: 2, estimate: 4_000_000,
            lost: 1, choice: 1, reason: .throughput),
        Case(
            testDescription: "nothing is left of a segment", current: 2, estimate: 4_000_000, lost: 3, choice: 0,
            reason: .throughput),
        Case(
            testDescription: "BOLA climbs no further than the estimate carries", rule: .bola(BOLA()), current: 0,
            estimate: 2_000_000, choice: 1, reason: .throughput),
        Case(
            testDescription: "BOLA keeps what the estimate does not carry", rule: .bola(BOLA()), current: 2,
            estimate: 100_000, choice: 2, reason: .buffer),
        Case(testDescription: "BOLA, empty", rule: .bola(BOLA()), buffer: 0, choice: 0, reason: .buffer),
        Case(testDescription: "BOLA, between", rule: .bola(BOLA()), buffer: 2.9, choice: 1, reason: .buffer),
        Case(testDescription: "BOLA, full", rule: .bola(BOLA()), buffer: 4, choice: 2, reason: .buffer),
    ]

    @Test(arguments: cases)
    func `A rule chooses, and says why`(_ test: Case) {
        let input = AdaptationInput(
            rates: Self.ladder, current: test.current, estimate: test.estimate.map { Rate(bitsPerSecond: $0) },
            lost: .seconds(test.lost), buffer: .seconds(test.buffer), target: .seconds(6), segment: .seconds(2),
            sinceSwitch: test.since.map { .seconds($0) })
        #expect(test.rule.choose(input) == AdaptationChoice(rendition: test.choice, reason: test.reason))
    }

    @Test func `BOLA's choice never falls while its buffer grows`() {
        let choices = stride(from: 0.0, through: 8, by: 0.05).map { held in
            BOLA().choose(
                AdaptationInput(
                    rates: Self.ladder, current: 0, estimate: nil, buffer: .seconds(held), target: .seconds(6),
                    segment: .seconds(2))
            ).rendition
        }
        #expect(zip(choices, choices.dropFirst()).allSatisfy { $0 <= $1 } && Set(choices) == [0, 1, 2])
    }

    @Test func `The estimate follows a drop at once and a rise slowly, and is not moved by crumbs`() throws {
        var estimate = ThroughputEstimate()
        #expect(estimate.rate == nil)
        let at = { (seconds: Double) in Timestamp(nanoseconds: Int64(seconds * 1e9)) }
        for second in 0..<10 { estimate.add(bytes: 500_000, over: .seconds(1), at: at(Double(second))) }
        #expect(estimate.rate?.bitsPerSecond == 4_000_000)
        estimate.add(bytes: 100, over: .microseconds(1), at: at(10))
        estimate.add(bytes: 0, over: .seconds(9), at: at(10))
        #expect(estimate.rate?.bitsPerSecond == 4_000_000)
        for second in 10..<14 { estimate.add(bytes: 125_000, over: .seconds(1), at: at(Double(second))) }
        #expect(try #require(estimate.rate).bitsPerSecond < 2_000_000)
        for second in 14..<18 { estimate.add(bytes: 500_000, over: .seconds(1), at: at(Double(second))) }
        #expect((2_000_000..<3_500_000).contains(try #require(estimate.rate).bitsPerSecond))
    }

    @Test func `Of segments the pace counts, and what they take longer is told apart`() {
        var estimate = ThroughputEstimate()
        let at = { (seconds: Double) in Timestamp(nanoseconds: Int64(seconds * 1e9)) }
        // 200 ms until the first byte, 200 ms for the first half, 100 ms for the second.
        for second in 0..<5 {
            estimate.add(
                bytes: 50_000, over: .milliseconds(100), of: 100_000, in: .milliseconds(500), at: at(Double(second)))
        }
        #expect((3_999_999...4_000_000).contains(estimate.rate?.bitsPerSecond ?? 0))
        #expect(abs(estimate.lost.seconds - 0.3) < 1e-9)
        estimate.add(bytes: 100, over: .milliseconds(1), of: 200, in: .seconds(9), at: at(6))
        #expect(abs(estimate.lost.seconds - 0.3) < 1e-9)
    }

    @Test func `Playing starts at its distance from the source, stops with its media, and comes back to its target`() {
        let at = { (seconds: Double) in Timestamp(nanoseconds: Int64(seconds * 1e9)) }
        var clock = PlayingClock(
            start: .zero, tracks: 2, threshold: .milliseconds(200), rule: LiveEdgeRule(catchUp: 0.05), now: at(2))
        clock.add(track: 0, until: .seconds(2))
        clock.advance(to: at(3), live: .seconds(3), target: .seconds(4))
        #expect(!clock.isPlaying && clock.level == .zero)
        clock.add(track: 1, until: .seconds(2))
        clock.advance(to: at(3.5), live: .seconds(3.5), target: .seconds(4))
        #expect(!clock.isPlaying && clock.level == .seconds(2))
        clock.advance(to: at(4), live: .seconds(4), target: .seconds(4))
        #expect(clock.isPlaying && clock.rate == 1)
        clock.advance(to: at(5), live: .seconds(5), target: .seconds(4))
        #expect(clock.playhead == .seconds(1) && clock.level == .seconds(1))
        clock.advance(to: at(8), live: .seconds(8), target: .seconds(4))
        #expect(!clock.isPlaying && clock.playhead == .seconds(2))
        for track in 0...1 { clock.add(track: track, until: .seconds(6)) }
        clock.advance(to: at(8), live: .seconds(8), target: .seconds(4))
        #expect(clock.isPlaying && clock.rate == 1.05 && !clock.mustSkip(live: .seconds(8), target: .seconds(4)))
        #expect(clock.mustSkip(live: .seconds(12.1), target: .seconds(4)))
        clock.jump(to: .seconds(8))
        #expect(clock.level == .zero && clock.playhead == .seconds(8))
    }
}
