import LabModel
import Testing

@testable import Analysis

/// What is said of packets that are told apart, by packets whose fate is given.
@Suite struct FlowProofTests {
    private static let start = Timestamp(nanoseconds: 1_000_000_000)
    private static let end = start + .seconds(10)
    private static let match = PacketMatch([PacketMatch.Term(.udp, ports: [5004])])

    /// A packet a millisecond of 20 ms, every second of which is matched; `befall` says what else becomes of it.
    private static func truth(
        _ link: Impairment, changes: [(at: Double, Impairment)] = [], _ befall: (Int, inout PacketFate) -> Void
    ) -> LinkTruth {
        var phases = [LinkPhase(from: start, to: end, asked: link)]
        for change in changes {
            phases[phases.count - 1].to = start + .seconds(change.at)
            phases.append(LinkPhase(from: start + .seconds(change.at), to: end, asked: change.1))
        }
        var truth = LinkTruth(
            direction: .downlink, phases: LinkPhase.marked(phases), stream: start..<end,
            bins: TimeBins(from: start, to: end, origin: start))
        for number in 0..<9000 {
            var fate = PacketFate(sent: start + .milliseconds(Double(number)), size: 500)
            let isMatched = number % 2 == 0
            fate.traits.matches = isMatched ? 1 : 0
            fate.traits.place = StreamPlace(stream: .video, number: number + 1)
            fate.arrival = fate.sent + .milliseconds(isMatched || link.match == nil ? 20 : 0.01)
            befall(number, &fate)
            truth.add(fate)
        }
        truth.finish()
        return truth
    }

    private static func proofs(
        _ truth: LinkTruth, _ filters: [FilterState] = []
    ) -> [LinkProof.Property: LinkProof] {
        let prover = LinkProver(direction: .downlink, origin: start, probes: [], queue: [], isVirtualTime: true)
        var run = RunRecord(engine: .virtual, engineReason: "", kernel: "", hostKernel: "", outcome: .completed)
        run.finalReadbacks = [
            LinkReadback(direction: .downlink, applied: .clean, seeded: true, qdiscs: [], filters: filters)
        ]
        let proofs =
            truth.phases.flatMap(prover.proofs) + prover.flowProofs(truth, run, from: start, to: end)
        return Dictionary(proofs.map { ($0.property, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func filter(_ role: FilterState.Role, packets: Int64 = 0, drops: Int64 = 0) -> FilterState {
        FilterState(role: role, command: "", packets: packets, drops: drops)
    }

    private static let matched = Impairment(
        delay: .milliseconds(20), loss: .independent(Probability(clamping: 0.1)), match: match)

    @Test func theMatchedAreJudgedByThePathAndTheOthersByNothing() {
        let truth = Self.truth(Self.matched) { number, fate in if number % 20 == 0 { fate.arrival = nil } }
        let proofs = Self.proofs(truth, [Self.filter(.match, packets: 4500)])
        for property in [LinkProof.Property.loss, .delay, .unmatchedLoss, .unmatchedDelay, .match, .order] {
            #expect(proofs[property]?.judgement == .confirmed, "\(property): \(String(describing: proofs[property]))")
        }
        #expect(proofs[.unmatchedLoss]?.measured == 0)
        #expect(abs((proofs[.loss]?.measured ?? 0) - 0.1) < 0.002)
        #expect(abs((proofs[.delay]?.measured ?? 0) - 0.02) < 0.0001)
    }

    @Test func aLossOfWhatIsNotMatchedIsOff() {
        let truth = Self.truth(Self.matched) { number, fate in if number % 20 < 2 { fate.arrival = nil } }
        #expect(Self.proofs(truth)[.unmatchedLoss]?.judgement == .off)
        #expect(Self.proofs(truth)[.loss]?.judgement == .confirmed)
    }

    @Test func aDelayOfWhatIsNotMatchedIsOff() {
        let truth = Self.truth(Self.matched) { _, fate in fate.arrival = fate.sent + .milliseconds(20) }
        #expect(Self.proofs(truth)[.unmatchedDelay]?.judgement == .off)
    }

    @Test func aFilterThatMatchesOthersIsOff() {
        let truth = Self.truth(Self.matched) { _, _ in }
        #expect(Self.proofs(truth, [Self.filter(.match, packets: 4501)])[.match]?.judgement == .off)
    }

    private static let listing = Impairment(delay: .milliseconds(20), drop: DropList(places: [.video: [1, 100]]))

    @Test(arguments: [
        ([1, 100], LinkProof.Judgement.confirmed, LinkProof.Judgement.confirmed), ([1], .off, .confirmed),
        ([1, 100, 101], .confirmed, .off),
    ]) func exactlyTheListedAreMissing(
        _ places: [Int], _ listed: LinkProof.Judgement, _ loss: LinkProof.Judgement
    ) {
        let truth = Self.truth(Self.listing) { number, fate in if places.contains(number + 1) { fate.arrival = nil } }
        let proofs = Self.proofs(truth, [Self.filter(.video, drops: Int64(places.count))])
        #expect(proofs[.listed]?.judgement == listed)
        #expect(proofs[.listed]?.measured == Double(places.filter([1, 100].contains).count))
        // The first packets of a phase are not judged.
        #expect(proofs[.loss]?.judgement == (places.contains(101) ? loss : .confirmed))
    }

    @Test func aListedPacketThatIsNeverSentIsOff() {
        let link = Impairment(drop: DropList(places: [.video: [1, 65536]]))
        let truth = Self.truth(link) { number, fate in if number == 0 { fate.arrival = nil } }
        let proof = Self.proofs(truth)[.listed]
        #expect(proof?.judgement == .off)
        #expect(proof?.note?.contains("1 were not sent") == true)
    }

    private static func counting(_ count: Int, _ loss: LossModel = .none) -> Impairment {
        Impairment(delay: .milliseconds(20), loss: loss, drop: DropList(every: DropList.Nth(count)))
    }

    @Test func eachOfItsNumberIsMissing() {
        let truth = Self.truth(Self.counting(1000)) { number, fate in if number % 1000 == 999 { fate.arrival = nil } }
        let proofs = Self.proofs(truth, [Self.filter(.every, packets: 9000, drops: 9)])
        #expect(proofs[.every]?.judgement == .confirmed)
        #expect(proofs[.every]?.measured == 9)
        #expect(proofs[.loss]?.judgement == .confirmed)
        #expect(proofs[.loss]?.measured == 0)
    }

    /// The lists say of what was sent last that it did not come because it could not.
    @Test func whatWasSentLastIsTakenByTheListAndByNothingElse() {
        let truth = Self.truth(Self.counting(1000)) { number, fate in
            if number % 1000 == 999 { fate.arrival = nil }
            guard number >= 8990 else { return }
            fate.arrival = nil
            fate.mayBeUnderWay = true
        }
        #expect(truth.drops.countedLost == 9)
        #expect(truth.missing == 9)
        let proofs = Self.proofs(truth, [Self.filter(.every, packets: 9000, drops: 9)])
        #expect(proofs[.every]?.judgement == .confirmed)
        #expect(proofs[.loss]?.measured == 0)
    }

    @Test func anotherNumberIsOff() {
        let truth = Self.truth(Self.counting(1000)) { number, fate in if number % 1000 == 998 { fate.arrival = nil } }
        #expect(Self.proofs(truth)[.every]?.judgement == .off)
    }

    /// Chance loses behind the list, which counts what chance loses.
    @Test func lossBesideTheListIsJudgedApart() {
        let link = Self.counting(1000, .independent(Probability(clamping: 0.1)))
        let truth = Self.truth(link) { number, fate in
            if number % 1000 == 999 || number % 10 == 5 { fate.arrival = nil }
        }
        let proofs = Self.proofs(truth, [Self.filter(.every, packets: 9000, drops: 9)])
        #expect(proofs[.every]?.judgement == .confirmed)
        #expect(proofs[.loss]?.judgement == .confirmed)
    }

    /// A changed list begins to count at a packet that only the kernel knows.
    @Test func aListOfTheTimelineIsFoundByItsFirst() {
        let truth = Self.truth(Self.counting(1000), changes: [(at: 5.0005, Self.counting(500))]) { number, fate in
            let isLost = number < 5000 ? number % 1000 == 999 : number % 500 == 77
            if isLost { fate.arrival = nil }
        }
        let proofs = Self.proofs(truth)
        #expect(proofs[.every]?.judgement == .confirmed)
        #expect(proofs[.every]?.measured == 13)
    }
}
