import LabModel
import Testing

@testable import Analysis

/// Bursts and gaps of loss, against the definition of RFC 3611 written down a second time; and the drift of clocks.
@Suite struct BurstTests {
    /// Bursts of a whole pattern: losses fewer than 16 packets apart belong together, and a single one is none.
    static func bursts(_ isLost: [Bool]) -> (count: Int, packets: Int, lost: Int) {
        var groups: [[Int]] = []
        for place in isLost.indices where isLost[place] {
            if let last = groups.last?.last, place - last - 1 < 16 {
                groups[groups.count - 1].append(place)
            } else {
                groups.append([place])
            }
        }
        let bursts = groups.filter { $0.count > 1 }
        return (
            bursts.count, bursts.reduce(0) { $0 + ($1[$1.count - 1] - $1[0] + 1) },
            bursts.reduce(0) { $0 + $1.count }
        )
    }

    @Test(arguments: 1...40)
    func `finds bursts as the definition says`(seed: UInt64) throws {
        var random = RepeatableRandom(seed: seed)
        var isBad = false
        var isLost = (0..<3000).map { _ in
            isBad = Double(random.next() % 1000) < (isBad ? 800 : 20)
            return isBad
        }
        (isLost[0], isLost[isLost.count - 1]) = (false, false)
        var window = SequenceWindow(startingAt: 0)
        for place in isLost.indices.dropFirst() where !isLost[place] { _ = window.insert(Int64(place)) }
        window.finish()
        var meter = window.bursts
        let missing = Int64(isLost.count { $0 })
        let found = meter.report(expected: 3000, missing: missing, length: .seconds(30))
        let report = try #require(found)
        let known = Self.bursts(isLost)
        #expect(report.bursts == Int64(known.count))
        #expect(report.burstDensity == (known.count > 0 ? Double(known.lost) / Double(known.packets) : nil))
        let outside = Double(missing - Int64(known.lost)) / Double(3000 - known.packets)
        #expect(report.gapDensity == outside)
    }

    @Test(arguments: [-300e-6, 0, 45e-6])
    func `measures how fast a clock goes`(drift: Double) throws {
        let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
        // Wraps on the way.
        let base = UInt32.max - 1_000_000
        var estimator = DriftEstimator(arrival: start, timestamp: base)
        for index in 1...3000 {
            let ticks = Int64((Double(index) * 900 * (1 + drift)).rounded())
            estimator.add(
                arrival: start + .milliseconds(Double(index) * 10 + Double(index * 7919 % 13) * 0.1),
                timestamp: base &+ UInt32(truncatingIfNeeded: ticks))
        }
        let found = try #require(estimator.drift(clockRate: 90_000, length: .seconds(30)))
        #expect(abs(found - drift) < 2e-6)
        #expect(estimator.drift(clockRate: 90_000, length: .seconds(5)) == nil)
    }
}
