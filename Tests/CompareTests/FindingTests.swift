import LabModel
import Testing

@testable import Compare

@Suite struct FindingTests {
    private typealias Figures = BatchSample.Figures

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// Of rtp and udp-ts, on the clean link and on the other.
        var clean: [BatchSample.Figures] = [.init(), .init()]
        var other: [[BatchSample.Figures]]
        /// Every sentence about the other link, in their order.
        var expected: [String]
    }

    private static let quiet = BatchSample.Figures()

    private func sentences(_ given: Case) -> [String] {
        let ways: [StreamProtocol] = [.rtp, .udpTS]
        let results =
            zip(ways, given.clean).map { BatchSample.result($0, under: "clean", $1) }
            + zip(ways, given.other).flatMap { way, runs in
                runs.enumerated().map { index, figures in
                    BatchSample.result(way, under: "lossy", figures, repetition: index + 1, seed: UInt64(index))
                }
            }
        let batch = BatchSample.batch(results)
        let index = batch.conditions.firstIndex { $0.name == "lossy" }
        return batch.findings.filter { $0.condition == index || $0.condition == nil }.map(\.sentence)
    }

    @Test(arguments: [
        Case(
            testDescription: "one repaired what froze the other",
            other: [[Figures(stalls: [1, 0.5], lost: 40)], [Figures(bytes: 1_031_000)]],
            expected: [
                "udp-ts played every frame with 3.10 % more bytes than under 'clean'; "
                    + "rtp froze 2 times for 1.50 s and lost 40 frames"
            ]),
        Case(
            testDescription: "nothing differs",
            other: [[quiet], [quiet]],
            expected: [
                "under 'clean' and 'lossy': no difference that a viewer could see: both played every frame in time"
            ]),
        Case(
            testDescription: "frames are lost without a stall",
            other: [[Figures(lost: 12, late: 3)], [quiet]],
            expected: ["udp-ts played every frame; rtp did not stall but lost 12 frames, and 3 came too late"]),
        Case(
            testDescription: "one never plays",
            other: [[Figures(startup: nil)], [quiet]],
            expected: ["udp-ts played every frame; rtp never showed a frame"]),
        Case(
            testDescription: "both freeze alike",
            other: [[Figures(stalls: [2])], [Figures(stalls: [2.01])]],
            expected: ["rtp and udp-ts froze for 2.00 to 2.01 s"]),
        Case(
            testDescription: "repeats spread",
            other: [[1.0, 2, 3].map { Figures(stalls: [$0]) }, [Figures(stalls: [8]), Figures(stalls: [9])]],
            expected: [
                "udp-ts froze once for 8.50 s (8.00 to 9.00 s); rtp froze once for 2.00 s (1.00 to 3.00 s)"
            ]),
        Case(
            testDescription: "repeats do not agree that it freezes",
            other: [[Figures(stalls: [2]), quiet, quiet], [quiet]],
            expected: ["udp-ts played every frame; rtp froze in some of 3 runs, at worst for 2.00 s"]),
        Case(
            testDescription: "more bytes, but not in every repeat",
            other: [[Figures(stalls: [2])], [Figures(bytes: 990_000), Figures(bytes: 1_200_000)]],
            expected: ["udp-ts played every frame; rtp froze once for 2.00 s"]),
        Case(
            testDescription: "latency grows",
            other: [[Figures(latencyHigh: 1.5)], [quiet]],
            expected: ["live latency (95 %) grew: rtp from 300.0 ms to 1.50 s"]),
        Case(
            testDescription: "sound and picture part",
            other: [[Figures(stalls: [1], sync: 0.4)], [quiet]],
            expected: [
                "udp-ts played every frame; rtp froze once for 1.00 s",
                "sound and picture were more than 125 ms apart (95 %): rtp 400.0 ms",
            ]),
        Case(
            testDescription: "one is back sooner",
            other: [[Figures(stalls: [2.4], recovery: 0.4)], [Figures(stalls: [6.2], recovery: 4.2)]],
            expected: [
                "back after the outage: rtp after 400.0 ms, udp-ts after 4.20 s",
                "udp-ts froze once for 6.20 s; rtp froze once for 2.40 s",
            ]),
        Case(
            testDescription: "one is never back, and one never stopped",
            other: [[Figures(recovery: 0)], [Figures(stalls: [7], recovery: .some(nil))]],
            expected: [
                "rtp played every frame; udp-ts froze once for 7.00 s",
                "back after the outage: rtp had not stopped, udp-ts not at all",
            ]),
        Case(
            testDescription: "both are back alike",
            other: [[Figures(stalls: [2.4], recovery: 0.4)], [Figures(stalls: [2.4], recovery: 0.401)]],
            expected: ["rtp and udp-ts froze for 2.40 s"]),
        Case(
            testDescription: "invalid runs say nothing",
            other: [[Figures(stalls: [1], verdict: .invalid)], [quiet]],
            expected: []),
    ])
    func `says of the figures`(given: Case) {
        #expect(sentences(given).filter { !$0.hasPrefix("both played") } == given.expected)
    }

    @Test func `on the clean link it says who is fastest, where that can be told`() {
        let batch = BatchSample.batch([
            BatchSample.result(.rtp, under: "clean"),
            BatchSample.result(.rtpTS, under: "clean", Figures(startup: 0.301, latency: 0.302)),
            BatchSample.result(.udpTS, under: "clean", Figures(startup: 2, latency: 1.25)),
        ])
        #expect(
            batch.findings.map(\.sentence) == [
                "lowest live latency: rtp and rtp-ts, 300.0 ms; highest: udp-ts, 1.25 s",
                "lowest startup: rtp and rtp-ts, 300.0 ms; highest: udp-ts, 2.00 s",
                "all 3 played every frame in time",
            ])
        #expect(batch.findings.map(\.weight) == batch.findings.map(\.weight).sorted(by: >))
    }

    @Test func `a single contender is compared with nothing`() {
        let batch = BatchSample.batch([BatchSample.result(.rtp, under: "clean")])
        #expect(batch.findings.isEmpty)
    }
}
