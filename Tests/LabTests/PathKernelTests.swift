import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What the kernel does to packets, beside what was asked of it. Needs root in a kernel with everything, and time that
/// nothing disturbs.
@Suite(.serialized) struct PathKernelTests {
    private static let count = 5000

    private static func share(_ value: Double) -> Probability { Probability(clamping: value) }

    /// A packet each millisecond over a path of 50 ms.
    private func arrivals(
        jitter: TimeSpan = .zero, loss: LossModel = .none, _ path: PathImpairment = .plain
    ) throws -> [Flow.Arrival] {
        let impairment = Impairment(delay: .milliseconds(50), jitter: jitter, loss: loss, path: path)
        return try withLab(Plan(downlink: impairment)) { lab in
            var flow = Flow(count: Self.count, spacing: .milliseconds(1))
            flow.expected = 2 * Self.count
            return try flow.run(through: lab, quiet: .milliseconds(500))
        }
    }

    @Test func copiesComeOfSomePackets() throws {
        let came = try arrivals(PathImpairment(duplicate: Chance(Self.share(0.1))))
        #expect(Set(came.map(\.sequence)).count == Self.count)
        #expect((420...580).contains(came.count - Self.count), "\(came.count - Self.count)")
    }

    /// The receiver's checksum drops what was corrupted, but where the bit was the sender's Ethernet address or the like.
    @Test func corruptedPacketsAreDroppedByTheReceiver() throws {
        let came = try arrivals(PathImpairment(corrupt: Chance(Self.share(0.1))))
        #expect((380...600).contains(Self.count - came.count), "\(Self.count - came.count)")
    }

    @Test func someOvertakeAllThatAreUnderWay() throws {
        let came = try arrivals(PathImpairment(reorder: Reordering(Chance(Self.share(0.25)), gap: 5)))
        let overtook = came.count { $0.delay < .milliseconds(10) }
        // One of 4 + 1 / 25 %.
        #expect((560...690).contains(overtook), "\(overtook)")
        #expect(came.reordered > 4000)
    }

    @Test func jitterReordersOnlyWhenRaw() throws {
        #expect(try arrivals(jitter: .milliseconds(30)).reordered == 0)
        #expect(try arrivals(jitter: .milliseconds(30), PathImpairment(raw: true)).reordered > 4000)
    }

    /// What the manual says and what happens are two things.
    @Test func correlatedLossLosesNothing() throws {
        let chance = Chance(Self.share(0.05), correlation: Self.share(0.5))
        let came = try arrivals(loss: .correlated(chance), PathImpairment(raw: true))
        #expect(came.count == Self.count)
        #expect(chance.predicted.value < 0.0005)
    }

    struct Spread: CustomTestStringConvertible, Sendable {
        let distribution: DelayDistribution
        var testDescription: String { distribution.name }
    }

    /// Each tenth of the delays is where the table has it.
    @Test(arguments: [DelayDistribution.uniform, .normal, .pareto, .paretonormal].map(Spread.init))
    func delaysAreOfTheirDistribution(_ spread: Spread) throws {
        let path = PathImpairment(distribution: spread.distribution, raw: true)
        let came = try arrivals(jitter: .milliseconds(10), path)
        let values = spread.distribution.table.values.map { Double($0) / Double(DistributionTable.scale) }
        for tenth in 1...9 {
            let quantile = Double(tenth) / 10
            let expected = 50 + 10 * values[Int(quantile * Double(values.count))]
            #expect(abs(came.delay(quantile) - expected) < 1, "\(tenth): \(came.delay(quantile)), \(expected)")
        }
    }

    @Test func slotsHoldPacketsBack() throws {
        let slots = Slots(.between(.milliseconds(20), .milliseconds(20)), packets: 50)
        let came = try arrivals(PathImpairment(slots: slots))
        let gaps = zip(came, came.dropFirst()).map { $1.arrived - $0.arrived }.filter { $0 > 5_000_000 }
        #expect(came.count == Self.count)
        #expect(gaps.count > 200)
        #expect(gaps.allSatisfy { $0 > 19_500_000 })
    }

    @Test func fourStatesLoseInBursts() throws {
        let model = FourStateLoss(
            p13: Self.share(0.02), p31: Self.share(0.25), p32: .zero, p23: Self.share(1), p14: Self.share(0.01))
        let came = try arrivals(loss: .fourState(model))
        let lost = Double(Self.count - came.count) / Double(Self.count)
        #expect(abs(lost - model.meanLoss.value) < 0.025, "\(lost), expected \(model.meanLoss.value)")
    }

    @Test func aTimelineChangesTheDistribution() throws {
        let normal = Impairment(
            delay: .milliseconds(50), jitter: .milliseconds(10), path: PathImpairment(distribution: .normal, raw: true))
        var uniform = normal
        uniform.path.distribution = .uniform
        try withLab(Plan(downlink: normal)) { lab in
            _ = try lab.apply(TimelineChange(at: .seconds(1), impairments: [.downlink: uniform]))
            let came = try Flow(count: 2000, spacing: .milliseconds(1)).run(through: lab, quiet: .milliseconds(500))
            #expect(came.allSatisfy { $0.delay > .milliseconds(39.5) && $0.delay < .milliseconds(61) })
        }
    }
}
