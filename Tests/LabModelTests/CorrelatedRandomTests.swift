import LabModel
import Testing

/// What netem's arithmetic makes of a correlation.
@Suite struct CorrelatedRandomTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let share, correlation: Double
        let predicted: ClosedRange<Double>
        var testDescription: String { "\(share) with \(correlation)" }
    }

    /// The second is what the kernel does to 5000 packets: `loss 5% 50%` lost none.
    static let cases = [
        Case(share: 0.05, correlation: 0, predicted: 0.05...0.05),
        Case(share: 0.05, correlation: 0.5, predicted: 0...0.0005),
        Case(share: 0.05, correlation: 0.25, predicted: 0.001...0.004),
        Case(share: 0.5, correlation: 0.5, predicted: 0.49...0.51), Case(share: 0, correlation: 0.5, predicted: 0...0),
        Case(share: 1, correlation: 0.9, predicted: 1...1),
    ]

    @Test(arguments: cases) func narrowsTheNumbers(_ example: Case) {
        let chance = Chance(
            Probability(clamping: example.share), correlation: Probability(clamping: example.correlation))
        #expect(example.predicted.contains(chance.predicted.value), "\(chance.predicted.value)")
    }

    @Test func wholeCorrelationNeverChanges() {
        var random = RepeatableRandom(seed: 3)
        var correlated = CorrelatedRandom(correlation: Probability(clamping: 1), random: &random)
        let first = correlated.next(&random)
        #expect((0..<100).allSatisfy { _ in correlated.next(&random) == first })
    }
}
