import LabModel
import Testing

@testable import Analysis

/// What is said of queues that act on the wait, by packets whose fate is given.
@Suite struct QueueProofTests {
    private static let start = Timestamp(nanoseconds: 1_000_000_000)
    private static let end = start + .seconds(10)
    private static let marking = QueueDiscipline.codel(CoDel(ecn: true))

    /// 9000 packets a millisecond apart that wait 5 ms on a way of 20 ms; each 100th is lost, each 30th marked.
    private static func truth(_ link: Impairment) -> LinkTruth {
        let phase = LinkPhase(from: start, to: end, asked: link)
        var truth = LinkTruth(
            direction: .downlink, phases: [phase], stream: start..<end,
            bins: TimeBins(from: start, to: end, origin: start))
        for number in 0..<9000 {
            let sent = start + .milliseconds(Double(number))
            var fate = PacketFate(sent: sent, size: 500)
            fate.arrival = number % 100 == 1 ? nil : sent + .milliseconds(25)
            fate.marked = number % 30 == 0
            truth.add(fate)
        }
        truth.finish()
        return truth
    }

    private static let prover = LinkProver(
        direction: .downlink, origin: start, probes: [], queue: [], isVirtualTime: true)

    private static func link(_ queue: QueueDiscipline, loss: LossModel = .none) -> Impairment {
        Impairment(rate: Rate(bitsPerSecond: 10_000_000), queue: queue, delay: .milliseconds(20), loss: loss)
    }

    private static func readback(_ link: Impairment, drops: Int64, marks: Int64, path: Int64 = 0) -> LinkReadback {
        let queue = QdiscState(
            interface: "mid-s", kind: link.queue.kind, handle: "3:", parent: "2:1", parameters: [],
            statistics: [.count("ecn_mark", Double(marks))], counters: QdiscState.Counters(drops: drops))
        let netem = QdiscState(
            interface: "port-r", kind: "netem", handle: "1:", parent: "root", parameters: [],
            counters: QdiscState.Counters(drops: path))
        return LinkReadback(direction: .downlink, applied: link, seeded: true, qdiscs: [queue, netem])
    }

    private static func counted(_ link: Impairment, _ after: LinkReadback) -> [LinkProof] {
        var run = RunRecord(engine: .virtual, engineReason: "", kernel: "", hostKernel: "", outcome: .completed)
        run.readbacks = [readback(link, drops: 5, marks: 0)]
        run.finalReadbacks = [after]
        return prover.counted(truth(link), run, from: start, to: end)
    }

    @Test func theWaitIsShownAndNotJudged() throws {
        let truth = Self.truth(Self.link(Self.marking))
        let proof = try #require(Self.prover.queueing(truth.phases[0]))
        #expect(proof.judgement == .unmeasured)
        #expect(proof.asked == 0.005)
        #expect(abs(try #require(proof.measured) - 0.005) < 0.0001)
        #expect(proof.note?.contains("300 marked") == true)
    }

    @Test func whatIsMissingAndMarkedIsWhatTheKernelCounted() {
        let link = Self.link(Self.marking)
        let proofs = Self.counted(link, Self.readback(link, drops: 95, marks: 300))
        #expect(proofs.map(\.property) == [.drops, .marks])
        #expect(proofs.map(\.judgement) == [.confirmed, .confirmed])
    }

    @Test func aPacketTooManyIsOff() {
        let link = Self.link(Self.marking)
        let proofs = Self.counted(link, Self.readback(link, drops: 94, marks: 299))
        #expect(proofs.map(\.judgement) == [.off, .off])
        #expect(proofs.map(\.error) == [1, 1])
    }

    @Test func marksThatThePathMayHaveLostAreNotJudged() {
        let link = Self.link(Self.marking, loss: .independent(Probability(clamping: 0.01)))
        let proofs = Self.counted(link, Self.readback(link, drops: 45, marks: 310, path: 50))
        #expect(proofs.map(\.judgement) == [.confirmed, .unmeasured])
    }

    @Test func aPassiveQueueIsJudgedByItsLengthAlone() {
        let link = Self.link(.time(.milliseconds(100)))
        #expect(Self.counted(link, Self.readback(link, drops: 95, marks: 0)).isEmpty)
    }

    /// Packets of one flow that overtake each other, of two flows, and of none that is known.
    @Test(arguments: [
        (true, [1, 2] as [UInt64?], 1), (false, [1, 1], 1), (false, [1, 2], 0), (false, [nil, nil], 0),
    ])
    func orderIsThatOfAFlow(_ keepsOrder: Bool, _ flows: [UInt64?], _ reordered: Int) {
        var matcher = PacketMatcher(patience: .seconds(1), keepsOrder: keepsOrder)
        for key in [10, 11] as [UInt64] { matcher.sent(key: key, size: 100, at: Self.start, ecn: .capable) }
        matcher.arrived(key: 11, at: Self.start, marked: true, flow: flows[1])
        matcher.arrived(key: 10, at: Self.start, marked: false, flow: flows[0])
        var fates: [PacketFate] = []
        matcher.finish(underWaySince: nil, into: &fates)
        #expect(fates.count { $0.reordered } == reordered)
        #expect(fates.map(\.marked) == [false, true])
    }

    /// What happens to packets of which some are equal, as a sender's requests are that repeats them: `s` and `a` with a
    /// name for each that is sent and that arrives.
    @Test(arguments: [
        ("one after the other", "s1 a1 s1 a1", [true, true], 0),
        ("both under way", "s1 s1 a1 a1", [true, true], 0),
        ("the first is lost", "s1 s2 a2 s1 a1", [false, true, true], 0),
        ("the second is lost", "s1 a1 s1 s2 a2", [true, false, true], 0),
        ("a copy of the first", "s1 a1 a1 s2 a2", [true, true], 1),
    ])
    func `Of equal packets each has its own fate`(_ name: String, _ events: String, _ came: [Bool], _ copies: Int) {
        var matcher = PacketMatcher(patience: .seconds(1))
        for (number, event) in events.split(separator: " ").enumerated() {
            let (key, time) = (UInt64(event.dropFirst()) ?? 0, Self.start + .milliseconds(Double(number)))
            if event.first == "s" {
                matcher.sent(key: key, size: 100, at: time, ecn: .incapable)
            } else {
                matcher.arrived(key: key, at: time, marked: false, flow: 1)
            }
        }
        var fates: [PacketFate] = []
        matcher.finish(underWaySince: nil, into: &fates)
        #expect(fates.map { $0.arrival != nil } == came, "\(name)")
        #expect(fates.allSatisfy { !$0.reordered } && matcher.strangers == 0)
        #expect(fates.reduce(0) { $0 + $1.duplicates } == copies)
    }
}
