import LabModel
import Testing

@testable import Analysis

/// Netem's loss models, simulated, against what is known of them.
@Suite struct LossChainTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let model: LossModel
        let share: ClosedRange<Double>
        let burst: ClosedRange<Double>
    }

    private static func share(_ value: Double) -> Probability { Probability(clamping: value) }

    private static func bursty(_ p: Double, _ r: Double, _ bad: Double = 1, _ good: Double = 0) -> LossModel {
        .gilbertElliott(
            GilbertElliott(p: share(p), r: share(r), lossInBad: share(bad), lossInGood: share(good)))
    }

    static let cases = [
        Case(testDescription: "none", model: .none, share: 0...0, burst: 0...0),
        Case(
            testDescription: "independent: a run goes on with the same probability",
            model: .independent(share(0.2)), share: 0.198...0.202, burst: 1.24...1.26),
        Case(
            testDescription: "Gilbert's simplest: p / (p + r), runs of 1 / r", model: bursty(0.01, 0.2),
            share: 0.046...0.049, burst: 4.9...5.1),
        Case(
            testDescription: "Gilbert's: the bad state lets some through", model: bursty(0.02, 0.1, 0.5),
            share: 0.081...0.086, burst: 1.7...1.9),
        Case(
            testDescription: "Elliott's: the good state loses some", model: bursty(0.01, 0.2, 1, 0.01),
            share: 0.055...0.059, burst: 2.9...3.2),
        Case(
            testDescription: "four states as Gilbert's simplest",
            model: .fourState(
                FourStateLoss(p13: share(0.01), p31: share(0.2), p32: .zero, p23: share(1), p14: .zero)),
            share: 0.046...0.049, burst: 4.9...5.1),
        Case(
            testDescription: "four states with single losses",
            model: .fourState(
                FourStateLoss(p13: .zero, p31: share(1), p32: .zero, p23: share(1), p14: share(0.02))),
            share: 0.0193...0.0199, burst: 1...1),
        Case(
            testDescription: "the kernel's correlation: what is rare does not come",
            model: .correlated(Chance(share(0.05), correlation: share(0.5))), share: 0...0.0005, burst: 0...5),
    ]

    @Test(arguments: cases) func losesAsItsTheorySays(_ example: Case) {
        var model = FateModel(Impairment(loss: example.model), seed: 3)
        let count = model.count(400_000)
        #expect(example.share.contains(count.share(\.picked)), "\(count.share(\.picked))")
        #expect(example.burst.contains(count.burstLength), "\(count.burstLength)")
        if case .correlated = example.model { return }
        #expect(abs(example.model.meanLoss.value - count.share(\.picked)) < 0.003)
    }

    @Test func lossAndDuplicatesChangeEachOther() {
        let path = PathImpairment(duplicate: Chance(Self.share(0.2)))
        var model = FateModel(Impairment(loss: .independent(Self.share(0.1)), path: path), seed: 3)
        let count = model.count(400_000)
        // Lost: picked by loss alone. Twice: duplicated, and neither the packet nor its copy picked.
        #expect(abs(count.share(\.picked) - 0.1 * 0.8) < 0.002)
        #expect(abs(count.share(\.duplicated) - 0.2 * 0.9 * 0.9) < 0.002)
    }

    @Test func replicasVaryAsChanceDoes() {
        let impairment = Impairment(loss: .independent(Self.share(0.1)))
        let (counts, scale) = FateCount.replicas(of: impairment, packets: 10_000)
        let prediction = Prediction(
            measured: 0.1, replicas: counts.map { $0.share(\.picked) }, least: 0
        ).scaled(scale)
        #expect(abs(prediction.predicted - 0.1) < 0.002)
        #expect((0.002...0.0042).contains(prediction.deviation))
        #expect(FateCount.replicas(of: impairment, packets: 5_000_000).scale < 0.11)
    }
}
