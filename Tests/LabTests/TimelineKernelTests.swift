import LabModel
import Testing

@testable import Lab

/// Changes while packets are on their way. Needs root in a kernel with everything, and time that nothing disturbs.
@Suite(.serialized) struct TimelineKernelTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: Impairment
        let after: Impairment

        init(_ name: String, _ before: Impairment, _ after: Impairment) {
            testDescription = name
            self.before = before
            self.after = after
        }
    }

    private static func limited(_ bits: Int64, _ shaper: Shaper = .tbf) -> Impairment {
        Impairment(rate: Rate(bitsPerSecond: bits), shaper: shaper, queue: .time(.seconds(2)))
    }

    static let cases = [
        Case("a shorter delay", Impairment(delay: .milliseconds(60)), Impairment(delay: .milliseconds(20))),
        Case("no delay any more", Impairment(delay: .milliseconds(60)), .clean),
        Case("a longer delay", Impairment(delay: .milliseconds(20)), Impairment(delay: .milliseconds(60))),
        Case(
            "less jitter", Impairment(delay: .milliseconds(50), jitter: .milliseconds(40)),
            Impairment(delay: .milliseconds(20), jitter: .milliseconds(1))),
        Case("tbf slower", limited(10_000_000), limited(1_200_000)),
        Case("tbf faster", limited(1_200_000), limited(10_000_000)),
        Case("tbf appears", .clean, limited(1_200_000)),
        Case("tbf disappears", limited(1_200_000), .clean),
        Case("htb slower", limited(10_000_000, .htb), limited(1_200_000, .htb)),
        Case("htb disappears", limited(1_200_000, .htb), Impairment(shaper: .htb)),
    ]

    /// 1.6 Mbit/s, so that the slower rates have a queue when the change comes.
    @Test(arguments: cases) func nothingIsLostOrOvertaken(_ testCase: Case) throws {
        try withLab(Plan(downlink: testCase.before)) { lab in
            let change = TimelineChange(at: .seconds(1), impairments: [.downlink: testCase.after])
            let flow = Flow(count: 2000, spacing: .milliseconds(1)) { sequence in
                if sequence == 1000 { _ = try lab.apply(change) }
            }
            let arrivals = try flow.run(through: lab, quiet: .seconds(4))
            #expect(Set(0..<2000).subtracting(arrivals.map(\.sequence)) == [])
            #expect(arrivals.reordered == 0)
        }
    }

    struct QueueChange: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: QueueDiscipline
        let after: QueueDiscipline
        /// Whether what is queued stays.
        let keeps: Bool
    }

    /// With targets that leave it to the change what is dropped.
    private static func codel(_ limit: Int, _ interval: Double = 10) -> CoDel {
        CoDel(limit: limit, target: .seconds(5), interval: .seconds(interval))
    }

    private static func pie(_ limit: Int) -> PIE { PIE(limit: limit, target: .seconds(5)) }

    static let queueChanges = [
        QueueChange(
            testDescription: "a smaller bfifo", before: .time(.seconds(2)), after: .time(.milliseconds(20)), keeps: true
        ),
        QueueChange(testDescription: "a smaller pfifo", before: .packets(1000), after: .packets(10), keeps: true),
        QueueChange(
            testDescription: "another interval of codel", before: .codel(codel(1000)), after: .codel(codel(1000, 20)),
            keeps: true),
        QueueChange(
            testDescription: "a smaller codel", before: .codel(codel(1000)), after: .codel(codel(10)), keeps: false),
        QueueChange(
            testDescription: "a smaller fq_codel", before: .fqCodel(FQCoDel(codel: codel(1000))),
            after: .fqCodel(FQCoDel(codel: codel(10))), keeps: false),
        QueueChange(testDescription: "a smaller pie", before: .pie(pie(1000)), after: .pie(pie(10)), keeps: false),
        QueueChange(
            testDescription: "a smaller fq_pie", before: .fqPie(FQPIE(pie: pie(1000))),
            after: .fqPie(FQPIE(pie: pie(10))),
            keeps: false),
    ]

    /// Half of what comes has to wait, so that 500 packets are queued when the change comes.
    @Test(arguments: queueChanges) func aSmallerQueueDropsWhatItHoldsOnlyWhereItActs(_ testCase: QueueChange) throws {
        func link(_ queue: QueueDiscipline) -> Impairment {
            Impairment(rate: Rate(bitsPerSecond: 800_000), queue: queue)
        }
        try withLab(Plan(downlink: link(testCase.before))) { lab in
            let change = TimelineChange(at: .seconds(1), impairments: [.downlink: link(testCase.after)])
            let flow = Flow(count: 1001, spacing: .milliseconds(1)) { sequence in
                if sequence == 1000 { _ = try lab.apply(change) }
            }
            let arrivals = try flow.run(through: lab, quiet: .seconds(4))
            let lost = Set(0..<1000).subtracting(arrivals.map(\.sequence))
            #expect(testCase.keeps ? lost.isEmpty : lost.count > 400, "\(lost.count) lost")
            #expect(arrivals.reordered == 0)
        }
    }

    @Test(arguments: Shaper.allCases) func theNewRateIsKept(_ shaper: Shaper) throws {
        try withLab(Plan(downlink: Self.limited(10_000_000, shaper))) { lab in
            let change = TimelineChange(at: .seconds(1), impairments: [.downlink: Self.limited(2_000_000, shaper)])
            let flow = Flow(count: 1000, spacing: .milliseconds(2), frame: 1514) { sequence in
                if sequence == 500 { _ = try lab.apply(change) }
            }
            let arrivals = try flow.run(through: lab).filter { $0.sequence > 510 }
            #expect(abs(arrivals.rate(frame: 1514) / 2_000_000 - 1) < 0.005)
        }
    }

    @Test func randomNumbersGoOnAfterAChange() throws {
        let loss = LossModel.independent(Probability(clamping: 0.2))
        let impairment = Impairment(delay: .milliseconds(5), loss: loss)
        try withLab(Plan(downlink: impairment)) { lab in
            let slower = Impairment(delay: .milliseconds(6), loss: loss)
            let flow = Flow(count: 2000, spacing: .milliseconds(1)) { sequence in
                if sequence == 1000 {
                    _ = try lab.apply(TimelineChange(at: .seconds(1), impairments: [.downlink: slower]))
                }
            }
            let came = Set(try flow.run(through: lab).map(\.sequence))
            let halves = (0..<1000).filter { came.contains($0) == came.contains($0 + 1000) }.count
            #expect(halves < 1000)
        }
    }
}
