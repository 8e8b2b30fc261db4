import LabModel
import Testing

@testable import Analysis

/// What is said of the path's delay where every packet waited behind others.
@Suite struct FullQueueTests {
    private static let start = Timestamp(nanoseconds: 1_000_000_000)
    private static let end = start + .seconds(8)
    private static let link = Impairment(
        rate: Rate(bitsPerSecond: 10_000_000), queue: .time(.milliseconds(100)), delay: .milliseconds(50))

    /// A packet of 1250 bytes each 0.9 ms, which takes 1 ms at the rate, and `late` more in the kernel that is measured,
    /// through a bucket of 1600 bytes.
    private static func truth(late: TimeSpan) -> PhaseTruth {
        var truth = LinkTruth(
            direction: .downlink, phases: [LinkPhase(from: start, to: end, asked: link)], stream: start..<end,
            bins: TimeBins(from: start, to: end, origin: start))
        var fullAt = start
        for number in 0..<8000 {
            let sent = start + .milliseconds(0.9 * Double(number))
            var fate = PacketFate(sent: sent, size: 1250)
            let departure = max(sent, fullAt - .milliseconds(0.28))
            if departure - sent < .milliseconds(99) {
                fullAt = max(fullAt, departure) + .milliseconds(1) + late
                fate.arrival = departure + .milliseconds(50)
            }
            truth.add(fate)
        }
        truth.finish()
        return truth.phases[0]
    }

    private static func delay(_ truth: PhaseTruth, isVirtualTime: Bool) -> LinkProof? {
        LinkProver(direction: .downlink, origin: start, probes: [], queue: [], isVirtualTime: isVirtualTime)
            .proofs(of: truth).first { $0.property == .delay }
    }

    @Test func timersThatAreLateHideTheDelayInRealTime() throws {
        let truth = Self.truth(late: .microseconds(1))
        #expect(truth.errorAlone.count == 0 && truth.errorAll.count > 5000)
        let proof = try #require(Self.delay(truth, isVirtualTime: false))
        #expect(proof.judgement == .unmeasured && proof.measured == nil)
        #expect(proof.note?.contains("real time") == true)
    }

    @Test func inVirtualTimeTheQueueIsTakenOff() throws {
        let proof = try #require(Self.delay(Self.truth(late: .zero), isVirtualTime: true))
        #expect(proof.judgement == .confirmed)
        #expect(abs(try #require(proof.measured) - 0.05) < 0.0002)
    }
}
