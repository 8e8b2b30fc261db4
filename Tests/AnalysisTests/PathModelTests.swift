import LabModel
import Testing

@testable import Analysis

/// The path's times, simulated, against what is known of them.
@Suite struct PathModelTests {
    private static func model(_ impairment: Impairment, rate: Rate? = nil) -> PathModel {
        var phase = LinkPhase(from: Timestamp(nanoseconds: 0), to: Timestamp(nanoseconds: .max), asked: impairment)
        phase.pathRate = rate
        return PathModel(seed: 5, phase: phase)
    }

    private static func ways(_ impairment: Impairment, rate: Rate? = nil, count: Int = 100_000) -> [PathModel.Way] {
        var model = model(impairment, rate: rate)
        return (0..<count).map { model.next(200, entering: Timestamp(nanoseconds: Int64($0) * 1_000_000)) }
    }

    struct Spread: CustomTestStringConvertible, Sendable {
        let distribution: DelayDistribution
        let mean: Double
        let deviation: Double
        var testDescription: String { distribution.name }
    }

    /// In milliseconds, of 500 ms with a jitter of 30 ms.
    @Test(arguments: [
        Spread(distribution: .uniform, mean: 500, deviation: 30 / 3.0.squareRoot()),
        Spread(distribution: .normal, mean: 500, deviation: 30),
        Spread(distribution: .pareto, mean: 500 - 0.033 * 30, deviation: 0.82 * 30),
        Spread(distribution: .paretonormal, mean: 500 - 0.025 * 30, deviation: 0.834 * 30),
        Spread(
            distribution: .table(DistributionTable(name: "x", values: [-8192, 8192])), mean: 500, deviation: 30),
    ])
    func drawsFromItsDistribution(_ spread: Spread) {
        let path = PathImpairment(distribution: spread.distribution, raw: true)
        let delays = Self.ways(Impairment(delay: .milliseconds(500), jitter: .milliseconds(30), path: path))
            .map(\.delay.milliseconds)
        let mean = delays.reduce(0, +) / Double(delays.count)
        let variance = delays.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(delays.count)
        #expect(abs(mean - spread.mean) < 0.5, "\(mean)")
        #expect(abs(variance.squareRoot() - spread.deviation) < 0.3, "\(variance.squareRoot())")
    }

    /// 50 +/- 30 ms, a packet each millisecond: the kernel was measured at 50 to 80 ms with a mean of 71.
    @Test func inOrderEachWaitsForTheSlowestBeforeIt() {
        let jittered = Impairment(delay: .milliseconds(50), jitter: .milliseconds(30))
        let delays = Self.ways(jittered, rate: Rate(bitsPerSecond: 10_000_000_000)).dropFirst(100).map(\.delay)
        let mean = delays.map(\.milliseconds).reduce(0, +) / Double(delays.count)
        #expect((70...73).contains(mean), "\(mean)")
        #expect(delays.allSatisfy { $0 > .milliseconds(45) && $0 < .milliseconds(81) })
    }

    struct Overtaking: CustomTestStringConvertible, Sendable {
        let share: Double
        let gap: Int
        let correlation: Double
        let expected: ClosedRange<Double>
        var testDescription: String { "\(share), gap \(gap), correlation \(correlation)" }
    }

    /// One in gap - 1 + 1 / share; with a correlation what netem makes of it.
    @Test(arguments: [
        Overtaking(share: 0.25, gap: 1, correlation: 0, expected: 0.247...0.253),
        Overtaking(share: 1, gap: 5, correlation: 0, expected: 0.2...0.2),
        Overtaking(share: 0.25, gap: 5, correlation: 0, expected: 0.123...0.127),
        Overtaking(share: 0.05, gap: 1, correlation: 0.5, expected: 0...0.0005),
    ])
    func overtakesAsOftenAsTheGapAllows(_ example: Overtaking) {
        let chance = Chance(
            Probability(clamping: example.share), correlation: Probability(clamping: example.correlation))
        let path = PathImpairment(reorder: Reordering(chance, gap: example.gap))
        let ways = Self.ways(Impairment(delay: .milliseconds(10), path: path))
        let share = Double(ways.count(where: \.overtook)) / Double(ways.count)
        #expect(example.expected.contains(share), "\(share)")
        #expect(ways.allSatisfy { $0.delay == ($0.overtook ? .zero : .milliseconds(10)) })
    }

    struct Order: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Of packets sent at 0, 1, 2, ...
        let arrivals: [Int64]
        let reordered: Int64
    }

    /// RFC 4737: a packet is reordered that comes behind one sent after it.
    @Test(arguments: [
        Order(testDescription: "in order", arrivals: [10, 11, 12, 13], reordered: 0),
        Order(testDescription: "at one moment", arrivals: [10, 10, 10], reordered: 0),
        Order(testDescription: "one overtakes three", arrivals: [10, 11, 12, 3], reordered: 3),
        Order(testDescription: "two overtake one", arrivals: [10, 2, 3, 13], reordered: 1),
        Order(testDescription: "the other way round", arrivals: [40, 30, 20, 10], reordered: 3),
    ])
    func countsWhatComesLate(_ example: Order) {
        var count = OrderCount()
        for (index, arrival) in example.arrivals.enumerated() {
            count.add(arrival: Timestamp(nanoseconds: arrival), sentAt: Timestamp(nanoseconds: Int64(index)))
        }
        #expect(count.reordered == example.reordered)
    }
}
