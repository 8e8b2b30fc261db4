import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What the kernel says it does against what was asked. Needs root in a kernel with everything, and `tc`.
@Suite(.serialized) struct ReadbackKernelTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let impairment: Impairment

        init(_ name: String, _ impairment: Impairment) {
            testDescription = name
            self.impairment = impairment
        }
    }

    private static let bursty = LossModel.gilbertElliott(
        GilbertElliott(
            p: Probability(clamping: 0.01), r: Probability(clamping: 0.3), lossInBad: Probability(clamping: 0.9),
            lossInGood: Probability(clamping: 0.001)))

    static let cases: [Case] =
        [
            Case("clean", .clean),
            Case("clean by htb", Impairment(shaper: .htb)),
            Case("no rate and a queue in bytes", Impairment(queue: .bytes(ByteCount(100_000)))),
            Case("delay, jitter and loss without a rate", path(.independent(Probability(clamping: 0.001)))),
            Case("bursty loss", path(bursty)),
            Case("all that is lost", path(.independent(Probability(clamping: 1)))),
            Case("a long way", Impairment(delay: .seconds(8))),
        ] + paths
        + Shaper.allCases.flatMap { shaper in
            [
                limited(64_000, shaper, .time(.milliseconds(400))),
                limited(5_000_000, shaper, .time(.milliseconds(100))),
                limited(10_000_000, shaper, .bytes(ByteCount(64_000))), limited(100_000_000, shaper, .packets(50)),
                limited(1_000_000_000, shaper, .time(.milliseconds(20))),
                limited(40_000_000_000, shaper, .time(.milliseconds(1))),
            ]
        }

    private static func path(_ loss: LossModel) -> Impairment {
        Impairment(delay: .milliseconds(20), jitter: .milliseconds(2), loss: loss)
    }

    private static func limited(_ bits: Int64, _ shaper: Shaper, _ queue: QueueDiscipline) -> Case {
        Case(
            "\(bits) bit/s by \(shaper), queue \(queue)",
            Impairment(
                rate: Rate(bitsPerSecond: bits), shaper: shaper, queue: queue, delay: .milliseconds(20), loss: bursty))
    }

    @Test(arguments: cases) func theKernelSaysWhatWasAsked(_ testCase: Case) throws {
        let other = Impairment(rate: Rate(bitsPerSecond: 1_000_000), queue: .packets(20), delay: .milliseconds(7))
        try withLab(Plan(downlink: testCase.impairment, uplink: other)) { lab in
            let readbacks = try lab.readback()
            #expect(readbacks.map(\.direction) == [.downlink, .uplink])
            expect(readbacks[0].applied, is: testCase.impairment)
            expect(readbacks[1].applied, is: other)
            #expect(readbacks.map(\.seeded) == [true, true])
            for readback in readbacks {
                let shaping = try #require(lab.shapings.first { $0.direction == readback.direction })
                let asked = Double(shaping.burst(at: readback.applied.rate ?? Shaping.unlimited).bytes)
                let burst = Double(try #require(readback.burst).bytes)
                #expect(abs(burst / asked - 1) < 0.01)
            }
        }
    }

    @Test(arguments: cases) func tcSeesTheSame(_ testCase: Case) throws {
        let namespace = try NetworkNamespace.make()
        let lab = try namespace.inside { try Lab.build(plan: Plan(downlink: testCase.impairment)) }
        _ = try Flow(count: 20, spacing: .milliseconds(1)).run(through: lab, quiet: .milliseconds(50))
        let ours = try lab.readback().flatMap(\.qdiscs)
        let theirs = try TcQdisc.all(in: namespace).filter { $0.kind != "noqueue" }
        // A class is none of tc's qdiscs.
        let qdiscs = ours.filter { !($0.kind == "htb" && $0.handle == "2:1") }
        #expect(theirs.count == qdiscs.count)
        for qdisc in qdiscs {
            let same = theirs.first { $0.dev == qdisc.interface && $0.handle == qdisc.handle }
            try #require(same).expect(qdisc)
        }
        for held in ours where held.kind == "htb" && held.handle == "2:1" {
            try TcClass(on: held.interface, in: namespace).expect(held)
        }
    }

    @Test func theTimelineIsReadBack() throws {
        let before = Impairment(rate: Rate(bitsPerSecond: 10_000_000), delay: .milliseconds(20), loss: Self.bursty)
        let after = Impairment(
            rate: Rate(bitsPerSecond: 2_000_000), queue: .time(.milliseconds(50)), delay: .milliseconds(60),
            jitter: .milliseconds(5), loss: .independent(Probability(clamping: 0.02)))
        try withLab(Plan(downlink: before)) { lab in
            let start = Clock.realtime()
            let applied = try lab.apply(TimelineChange(at: .seconds(10), impairments: [.downlink: after]))
            #expect(applied.asked == .seconds(10))
            #expect((start...Clock.realtime()).contains(applied.tookEffect.nanoseconds))
            expect(applied.readbacks[0].applied, is: after)
            expect(applied.readbacks[1].applied, is: .clean)
            #expect(applied.readbacks.map(\.seeded) == [true, true])
        }
    }

    /// Probabilities are 32-bit shares and a queue in time is whole bytes; everything else is exact.
    private func expect(_ applied: Impairment, is asked: Impairment) {
        #expect(applied.rate == asked.rate)
        #expect(applied.shaper == asked.shaper)
        #expect(applied.delay == asked.delay)
        #expect(applied.jitter == asked.jitter)
        if case .fifo(.time(let span)) = asked.queue, case .fifo(.time(let found)) = applied.queue {
            #expect(abs(span.seconds - found.seconds) < 8.0 / Double(asked.rate?.bitsPerSecond ?? 1))
        } else {
            #expect(applied.queue == asked.queue)
        }
        #expect(applied.loss == asked.loss.asTheKernelKeepsIt)
        #expect(applied.path == asked.path.asTheKernelKeepsIt)
        #expect(applied.match == asked.match)
        #expect(applied.drop == asked.drop)
    }
}
