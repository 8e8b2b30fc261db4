import LabModel
import Testing

@testable import Analysis

/// A trace that is followed well or badly, as the captures would show it.
@Suite struct CourseTruthTests {
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    private static let delay = TimeSpan.milliseconds(20)
    private static let seconds = 10.0

    /// Mbit/s, in steps of 10 ms.
    private static let rates = (0..<1000).map { 2 + Double(($0 * 37) % 17) / 4 }

    private static func link(_ rate: Double, loss: LossModel = .none) -> Impairment {
        Impairment(
            rate: Rate(bitsPerSecond: Int64(rate * 1e6)), shaper: .htb, queue: .bytes(ByteCount(30_000)), delay: delay,
            loss: loss)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// By what the asked rates are multiplied, what is added to the delay, and which packets are lost.
        var scale = 1.0
        var extraDelay = TimeSpan.zero
        var lost: Set<Int> = []
        /// Of the capacity, offered.
        var load = 1.3
        /// How long after its time each step came.
        var late = TimeSpan.zero
        var judged: [LinkProof.Property: LinkProof.Judgement]
    }

    static let cases = [
        Case(
            testDescription: "as asked",
            judged: [.rate: .confirmed, .delay: .confirmed, .loss: .confirmed, .order: .confirmed]),
        Case(testDescription: "10 % too fast", scale: 1.1, judged: [.rate: .off]),
        Case(testDescription: "10 % too slow", scale: 0.9, judged: [.rate: .off]),
        Case(
            testDescription: "half empty", load: 0.2,
            judged: [.rate: .unmeasured, .delay: .confirmed, .loss: .confirmed]),
        Case(
            testDescription: "nearly empty, on a slow machine", extraDelay: .milliseconds(5), load: 0.02,
            judged: [.rate: .unmeasured, .delay: .off]),
        Case(testDescription: "5 ms too long", extraDelay: .milliseconds(5), load: 0.2, judged: [.delay: .off]),
        Case(
            testDescription: "steps that came late", late: .milliseconds(8), judged: [.rate: .off, .delay: .confirmed]),
        Case(testDescription: "lossy", lost: [500, 700, 900], load: 0.2, judged: [.loss: .off]),
    ]

    @Test(arguments: cases)
    func `judges a trace as a whole`(known: Case) throws {
        let truth = Self.truth(known)
        let prover = LinkProver(
            direction: .downlink, origin: Self.start, probes: [], queue: Self.drops(known), isVirtualTime: true)
        let proofs = try #require(truth.courses.first.map(prover.proofs))
        for (property, judgement) in known.judged {
            let proof = try #require(proofs.first { $0.property == property })
            #expect(proof.judgement == judgement, "\(proof)")
        }
    }

    /// What the kernel says of them.
    private static func drops(_ known: Case) -> [QueueSample] {
        [(0, 0), (seconds, Int64(known.lost.count))].map { moment, drops in
            QueueSample(
                time: start + .seconds(moment * 0.99), direction: .downlink, backlog: ByteCount(0), backlogPackets: 0,
                queueDrops: 0, pathDrops: drops)
        }
    }

    private static func truth(_ known: Case) -> LinkTruth {
        let length = TimeSpan.seconds(seconds)
        var plan = Plan(slug: "trace", name: "trace", duration: length)
        plan.link[.downlink] = link(rates[0])
        plan.timeline = rates.indices.dropFirst().map {
            TimelineChange(
                at: .milliseconds(Double($0) * 10), impairments: [.downlink: link(rates[$0])],
                stepOf: [.downlink: .trace])
        }
        plan.courses = [Course(.trace, of: .downlink, from: .zero, to: length, text: "trace")]
        var run = RunRecord(
            engine: .virtual, engineReason: "simulated", kernel: "none", hostKernel: "none", outcome: .completed)
        run.changes = plan.timeline.map { change in
            let readback = LinkReadback(
                direction: .downlink, applied: change.impairments[.downlink] ?? .clean, seeded: true, qdiscs: [],
                burst: ByteCount(0))
            return AppliedChange(asked: change.at, tookEffect: start + change.at + known.late, readbacks: [readback])
        }
        let phases = LinkPhase.phases(
            of: .downlink, plan: plan, run: run, from: start, to: start + length, origin: start)
        let bins = TimeBins(from: start, to: start + length, origin: start)
        var truth = LinkTruth(
            direction: .downlink, phases: phases,
            courses: CourseTruth.all(of: .downlink, in: plan, run: run, phases: phases, origin: start),
            stream: start..<start + length, bins: bins)
        for fate in fates(known) { truth.add(fate) }
        truth.finish()
        return truth
    }

    /// A queue of 30 kB, and a packet takes the time that it takes at the rate that it meets when it begins.
    private static func fates(_ known: Case) -> [PacketFate] {
        let mean = rates.reduce(0, +) / Double(rates.count) * 1e6
        let spacing = 1514 * 8 / (mean * known.load)
        var free = 0.0
        var leaving: [Double] = []
        return (0..<Int(seconds / spacing)).map { number in
            let sent = Double(number) * spacing
            let moment = start + .seconds(sent)
            leaving.removeAll { $0 <= sent }
            guard leaving.count < 19 else { return PacketFate(sent: moment, size: 1514) }
            let begin = max(sent, free)
            let rate = rates[max(0, min(rates.count - 1, Int((begin - known.late.seconds) * 100)))] * 1e6 * known.scale
            free = begin + 1514 * 8 / rate
            leaving.append(begin)
            let arrival = known.lost.contains(number) ? nil : start + .seconds(begin) + delay + known.extraDelay
            return PacketFate(sent: moment, size: 1514, arrival: arrival)
        }
    }
}
