import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What each queue does to the wait, against what its definition says. In virtual time, where no other program disturbs
/// it. Needs root in a kernel with everything.
@Suite(.serialized) struct QueueBehaviourKernelTests {
    private static let rate = Rate(bitsPerSecond: 5_000_000)
    /// One way; what is more than this is the wait.
    private static let path = 20.0

    private static func plan(_ queue: QueueDiscipline, ecn: Bool = false) -> Plan {
        var plan = Plan(
            downlink: Impairment(rate: rate, queue: queue, delay: .milliseconds(path)),
            uplink: Impairment(delay: .milliseconds(path)))
        plan.ecn = ecn
        return plan
    }

    private static func overload(_ seconds: Double) -> Flow {
        Flow(rate: Rate(bitsPerSecond: 7_700_000), for: .seconds(seconds), frame: 1200)
    }

    /// RFC 8289 section 5.3 to 5.4: the first packet is dropped when the wait has been above the target for an interval,
    /// and not before; the nth after it `interval / sqrt(n)` after the one before, for which the kernel takes one step of
    /// Newton's method from the root before (include/net/codel_impl.h). htb asks the queue for a packet only when it may
    /// go, so that the wait that codel sees is the one that passes.
    @Test(arguments: [
        (QueueDiscipline.codel(CoDel()), 5.0, 100.0),
        (.codel(CoDel(target: .milliseconds(20), interval: .milliseconds(50))), 20.0, 50.0),
        (.fqCodel(FQCoDel()), 5.0, 100.0),
    ]) func codelKeepsItsControlLaw(_ queue: QueueDiscipline, _ target: Double, _ interval: Double) throws {
        var plan = Self.plan(queue)
        plan.link[.downlink]?.shaper = .htb
        try withLab(plan) { lab in
            let arrivals = try Self.overload(1).run(through: lab)
            let above = try #require(arrivals.first { $0.delay.milliseconds - Self.path >= target })
            // The packet behind a dropped one leaves in its place.
            let behind = zip(arrivals, arrivals.dropFirst()).filter { $0.sequence + 1 != $1.sequence }.map(\.1)
            var expected = Double(above.arrived) / 1e6 + interval
            var inverseRoot = 1.0
            for (index, packet) in behind.prefix(8).enumerated() {
                // It acts when a packet leaves: one of 1200 bytes takes 1.92 ms.
                let late = Double(packet.arrived) / 1e6 - expected
                #expect((-2...4).contains(late), "drop \(index + 1), \(late) ms late")
                if index > 0 { inverseRoot *= (3 - Double(index + 1) * inverseRoot * inverseRoot) / 2 }
                expected += interval * inverseRoot
            }
            #expect(behind.count >= 8)
        }
    }

    /// The mean wait of the last second of ten under a flow that never answers, where the definition says what that is.
    @Test(arguments: [
        // The controllers of pie lead the wait to its target of 15 ms or less.
        (QueueDiscipline.pie(PIE()), 5.0...17.0), (.fqPie(FQPIE()), 5.0...17.0),
        // An average above max, 36 kB or 57.6 ms, is let grow no further.
        (.red(QueueCase.red), 50.0...62.0),
    ]) func overloadIsHeldToTheWait(_ queue: QueueDiscipline, _ expected: ClosedRange<Double>) throws {
        try withLab(Self.plan(queue)) { lab in
            let flow = Self.overload(10)
            let last = try flow.run(through: lab).filter { $0.sequence > flow.count * 9 / 10 }
            let mean = last.map { $0.delay.milliseconds - Self.path }.reduce(0, +) / Double(last.count)
            #expect(expected.contains(mean), "\(queue.kind): \(mean) ms")
        }
    }

    /// Whatever a queue drops, it uses the rate to the full, keeps a flow's order, and counts what it drops.
    @Test(arguments: QueueCase.usual) func overloadIsCountedAndUsesTheRate(_ testCase: QueueCase) throws {
        try withLab(Self.plan(testCase.queue)) { lab in
            let flow = Self.overload(3)
            let arrivals = try flow.run(through: lab, quiet: .seconds(2))
            let sample = try #require(try lab.sampleQueues().first { $0.direction == .downlink })
            #expect(Int(sample.queueDrops) == flow.count - arrivals.count)
            #expect(sample.queueDrops > 10)
            #expect(arrivals.reordered == 0)
            let steady = Array(arrivals.dropFirst(200))
            #expect(abs(steady.rate(frame: 1200) / 5_000_000 - 1) < 0.01)
        }
    }

    /// A small datagram beside one flow of CUBIC: it shares the wait where packets keep their order, and has next to none
    /// where flows take turns, since it finds at most a frame in front of it.
    @Test(arguments: QueueCase.usual) func cubicLeavesRoomForOthers(_ testCase: QueueCase) throws {
        try withLab(Self.plan(testCase.queue)) { lab in
            let bulk = try BulkTransfer.start(through: lab)
            let beside = try Flow(count: 800, spacing: .milliseconds(10)).run(through: lab)
            let bytes = try bulk.stop()
            let (median, most) = (beside.delay(0.5) - Self.path, beside.delay(0.99) - Self.path)
            if testCase.queue.keepsOrder {
                #expect(median < 70, "median \(median) ms")
                #expect(try lab.sampleQueues()[0].queueDrops > 0)
            } else {
                #expect(most < 5.5, "99 %: \(most) ms")
            }
            #expect(Double(bytes) * 8 / 8 > 5_000_000 * 1448 / 1514 * 0.7)
        }
    }

    @Test(arguments: [
        QueueCase(.codel(CoDel(ecn: true))), QueueCase(.fqCodel(FQCoDel())), QueueCase(.pie(PIE(ecn: true))),
        QueueCase(.fqPie(FQPIE(pie: PIE(ecn: true)))), QueueCase(.cake(Cake())),
        QueueCase(
            .red(
                RED(
                    limit: ByteCount(200_000), min: ByteCount(12_000), max: ByteCount(36_000), burst: 20,
                    bandwidth: rate, ecn: true))),
    ]) func oneThatCanIsMarkedAndNotDropped(_ testCase: QueueCase) throws {
        try withLab(Self.plan(testCase.queue, ecn: true)) { lab in
            let bulk = try BulkTransfer.start(through: lab)
            Clock.sleep(for: 4_000_000_000)
            let start = try #require(try lab.sampleQueues().first { $0.direction == .downlink })
            Clock.sleep(for: 4_000_000_000)
            _ = try bulk.stop()
            let sample = try #require(try lab.sampleQueues().first { $0.direction == .downlink })
            #expect(try #require(sample.marks) > 5)
            // pie marks up to a probability of 10 % and drops beyond it (RFC 8033 section 5.1), which slow start exceeds: for
            // how long, its random numbers decide.
            let isPie = testCase.queue.kind.hasSuffix("pie")
            #expect(sample.queueDrops == (isPie ? start.queueDrops : 0))
        }
    }
}
