import LabModel
import Testing

@testable import Analysis

/// What a throughput probe says of a link whose queue never filled.
@Suite struct ProbeWitnessTests {
    private static let start = Timestamp(nanoseconds: 1_000_000_000)
    private static let end = start + .seconds(8)

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// Of the 10 Mbit/s asked.
        let probed: Int64
        let judgement: LinkProof.Judgement
        let note: String?
    }

    static let cases = [
        Case(testDescription: "as much as was asked", probed: 9_970_000, judgement: .confirmed, note: nil),
        Case(
            testDescription: "less: its sender may have been too slow", probed: 6_000_000, judgement: .unmeasured,
            note: "nothing filled the link; the fastest throughput probe had 6.0 Mbit/s"),
        Case(
            testDescription: "more, which no sender can be the cause of", probed: 11_000_000, judgement: .off, note: nil
        ),
    ]

    @Test(arguments: cases)
    func `A rate that only a probe saw`(_ test: Case) throws {
        let link = Impairment(rate: Rate(bitsPerSecond: 10_000_000), queue: .time(.milliseconds(100)))
        var truth = LinkTruth(
            direction: .downlink, phases: [LinkPhase(from: Self.start, to: Self.end, asked: link)],
            stream: Self.start..<Self.end, bins: TimeBins(from: Self.start, to: Self.end, origin: Self.start))
        truth.finish()
        var probe = ProbeResult(
            plan: .throughput(.init(transport: .tcp, duration: .seconds(5))), started: Self.start + .seconds(1),
            ended: Self.start + .seconds(6))
        probe.ethernetRate = Rate(bitsPerSecond: test.probed)
        let prover = LinkProver(
            direction: .downlink, origin: Self.start, probes: [probe], queue: [], isVirtualTime: false)
        let proof = try #require(prover.proofs(of: truth.phases[0]).first { $0.property == .rate })
        #expect(proof.judgement == test.judgement && proof.note == test.note)
        #expect((proof.measured == nil) == (test.judgement == .unmeasured))
        #expect(proof.witness == "throughput probe")
    }
}
