import LabModel
import Testing

@testable import Lab

/// Loss is what was asked for, and the same again with the same seed. Needs root in a kernel with everything, and time
/// that nothing disturbs.
@Suite(.serialized) struct LossKernelTests {
    private static let count = 10_000

    /// The sequence numbers that came.
    private func survivors(
        _ loss: LossModel, seed: UInt64, direction: Direction = .downlink, of count: Int = count
    ) throws -> [Int] {
        let impairment = Impairment(delay: .milliseconds(20), loss: loss)
        let plan =
            direction == .downlink
            ? Plan(downlink: impairment, seed: seed) : Plan(downlink: .clean, uplink: impairment, seed: seed)
        return try withLab(plan) { lab in
            let flow = Flow(count: count, spacing: .microseconds(200), direction: direction)
            return try flow.run(through: lab).map(\.sequence)
        }
    }

    @Test(arguments: [0.001, 0.01, 0.05, 0.5]) func independentLossIsBinomial(_ share: Double) throws {
        let lost = try Self.count - survivors(.independent(Probability(clamping: share)), seed: 7).count
        let mean = share * Double(Self.count)
        let deviation = (mean * (1 - share)).squareRoot()
        #expect(abs(Double(lost) - mean) < 1.96 * deviation, "\(lost) lost of \(Self.count)")
    }

    @Test func gilbertElliottLosesInBursts() throws {
        let model = GilbertElliott(
            p: Probability(clamping: 0.01), r: Probability(clamping: 0.2), lossInBad: Probability(clamping: 1),
            lossInGood: .zero)
        let came = try survivors(.gilbertElliott(model), seed: 7)
        let lost = Self.count - came.count
        let bursts = zip(came, came.dropFirst()).filter { $1 - $0 > 1 }.count
        #expect((350..<610).contains(lost), "\(lost) lost, \(model.meanLoss?.value ?? 0) expected")
        // A burst lasts 1 / r packets in the mean.
        #expect((4.0..<6.2).contains(Double(lost) / Double(bursts)), "\(lost) lost in \(bursts) bursts")
    }

    @Test func theSameSeedLosesTheSamePackets() throws {
        let loss = LossModel.independent(Probability(clamping: 0.05))
        let first = try survivors(loss, seed: 7, of: 2000)
        #expect(try survivors(loss, seed: 7, of: 2000) == first)
        #expect(try survivors(loss, seed: 8, of: 2000) != first)
        #expect(try survivors(loss, seed: 7, direction: .uplink, of: 2000) != first)
    }
}
