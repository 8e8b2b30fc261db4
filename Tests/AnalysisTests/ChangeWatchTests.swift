import LabModel
import Testing

@testable import Analysis

/// Changes over a trace, and packets too far apart to meet each step.
@Suite struct ChangeWatchTests {
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    /// In ms: what holds from then on, over a rate that changes every 10 ms.
    private static func link(at moment: Int) -> Impairment {
        var link = Impairment(
            rate: Rate(bitsPerSecond: 5_000_000 + Int64(moment) * 1000), shaper: .htb, delay: .milliseconds(20))
        if (500..<700).contains(moment) { link.loss = .independent(Probability(clamping: 1)) }
        if moment >= 900 { link.delay = .milliseconds(50) }
        return link
    }

    private static let explicit: Set = [500, 700, 900]

    @Test func `are seen with the next packet, whatever steps come between`() throws {
        let moments = Array(stride(from: 0, to: 1200, by: 10))
        let changes = moments.dropFirst().map { moment in
            TimelineChange(
                at: .milliseconds(Double(moment)), impairments: [.downlink: Self.link(at: moment)],
                stepOf: Self.explicit.contains(moment) ? nil : [.downlink: .trace])
        }
        var plan = Plan(slug: "watch", name: "watch", duration: .seconds(1.2), timeline: Array(changes))
        plan.link[.downlink] = Self.link(at: 0)
        plan.courses = [Course(.trace, of: .downlink, from: .zero, to: .seconds(1.2), text: "trace")]
        var run = RunRecord(
            engine: .virtual, engineReason: "simulated", kernel: "none", hostKernel: "none", outcome: .completed)
        run.changes = plan.timeline.map {
            AppliedChange(asked: $0.at, tookEffect: Self.start + $0.at + .milliseconds(1), readbacks: [])
        }
        let end = Self.start + .seconds(1.2)
        let phases = LinkPhase.phases(
            of: .downlink, plan: plan, run: run, from: Self.start, to: end, origin: Self.start)
        var watch = ChangeWatch(phases: phases)
        // 33 ms from one to the next.
        for moment in stride(from: 5, to: 1200, by: 33) {
            let link = Self.link(at: moment)
            let sent = Self.start + .milliseconds(Double(moment))
            let isLost = link.loss != .none
            let fate = PacketFate(sent: sent, size: 200, arrival: isLost ? nil : sent + link.delay)
            let phase = try #require(phases.lastIndex { $0.from <= sent })
            watch.add(
                Passage(fate: fate, outcome: isLost ? .pathLoss : .delivered, departure: sent, phase: phase))
        }
        let reports = watch.reports(.downlink, run: run, origin: Self.start)
        #expect(reports.map(\.asked.milliseconds) == [500, 700, 900])
        #expect(reports.map(\.tookEffect.milliseconds) == [501, 701, 901])
        #expect(reports.map { $0.seen?.milliseconds } == [533, 751, 979])
    }
}
