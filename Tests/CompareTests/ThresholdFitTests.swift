import Testing

@testable import Compare

@Suite struct ThresholdFitTests {
    struct Shares: CustomTestStringConvertible {
        var testDescription: String
        /// Held and decided, value by value.
        var tallies: [(Int, Int)]
        var fitted: [Double]
    }

    @Test(arguments: [
        Shares(testDescription: "in order", tallies: [(3, 3), (2, 3), (0, 3)], fitted: [1, 2.0 / 3, 0]),
        Shares(testDescription: "one pair the wrong way", tallies: [(3, 3), (1, 3), (2, 3)], fitted: [1, 0.5, 0.5]),
        Shares(testDescription: "weighed by runs", tallies: [(0, 6), (2, 2)], fitted: [0.25, 0.25]),
        Shares(
            testDescription: "back over several", tallies: [(1, 2), (1, 2), (2, 2)],
            fitted: [2.0 / 3, 2.0 / 3, 2.0 / 3]),
    ])
    func `pools what rises`(given: Shares) {
        let shares = IsotonicFit.shares(of: given.tallies.map { Tally(held: $0.0, decided: $0.1) })
        #expect(zip(shares, given.fitted).allSatisfy { abs($0 - $1) < 1e-12 } && shares.count == given.fitted.count)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var tallies: [Int: (Int, Int)]
        var startHolds = true
        var estimate: Double
        var interval: ClosedRange<Int>
        var contradictions: [Int] = []
    }

    /// Three runs that all held cost a share of one half 2 * 3 * ln 2 = 4.16, more than 3.84; two cost 2.77.
    @Test(arguments: [
        Case(testDescription: "two ends", tallies: [0: (3, 3), 64: (0, 3)], estimate: 32, interval: 0...64),
        Case(
            testDescription: "clear", tallies: [0: (3, 3), 8: (6, 6), 9: (0, 6), 16: (0, 3)], estimate: 8.5,
            interval: 8...9),
        Case(
            testDescription: "clear, good at the end", tallies: [0: (0, 3), 8: (0, 6), 9: (6, 6), 16: (3, 3)],
            startHolds: false, estimate: 8.5, interval: 8...9),
        // 8 as low as one half costs 2 * (2 ln 2/3 + ln 1/3 - 3 ln 1/2) = 0.34.
        Case(
            testDescription: "blurred", tallies: [0: (3, 3), 8: (2, 3), 9: (1, 3), 16: (0, 3)], estimate: 8.5,
            interval: 0...16),
        Case(
            testDescription: "two runs are too few to exclude", tallies: [0: (3, 3), 4: (2, 2), 8: (0, 3), 16: (0, 3)],
            estimate: 6, interval: 0...8),
        Case(
            testDescription: "not monotone", tallies: [0: (3, 3), 8: (0, 3), 12: (3, 3), 16: (0, 3)], estimate: 8,
            interval: 0...16, contradictions: [12]),
        // 4 and 8 pooled have 7 of 9; as low as one half costs 2.94.
        Case(
            testDescription: "one odd value", tallies: [0: (3, 3), 4: (1, 3), 8: (6, 6), 9: (0, 6), 16: (0, 3)],
            estimate: 8.5, interval: 0...9, contradictions: [4]),
    ])
    func `finds the threshold and its interval`(given: Case) throws {
        let tallies = given.tallies.mapValues { Tally(held: $0.0, decided: $0.1) }
        let fit = try #require(ThresholdFit(tallies, startHolds: given.startHolds))
        #expect(fit.estimate == given.estimate)
        #expect(fit.low...fit.high == given.interval)
        #expect(fit.contradictions == given.contradictions)
    }

    @Test func `needs two values with decided runs`() {
        #expect(ThresholdFit([0: Tally(held: 1, decided: 1), 5: Tally(undecided: 3)], startHolds: true) == nil)
    }
}
