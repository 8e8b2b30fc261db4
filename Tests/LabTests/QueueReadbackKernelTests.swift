import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What the kernel and `tc` say of each queue against what was asked. Needs root in a kernel with everything, and `tc`.
@Suite(.serialized) struct QueueReadbackKernelTests {
    static let cases = QueueCase.usual + QueueCase.changed

    private static func impairment(_ queue: QueueDiscipline, _ bits: Int64 = 5_000_000) -> Impairment {
        Impairment(rate: Rate(bitsPerSecond: bits), queue: queue, delay: .milliseconds(10))
    }

    @Test(arguments: cases) func nothingIsMissing(_ testCase: QueueCase) {
        #expect(Capability.missing(for: Plan(downlink: Self.impairment(testCase.queue))) == [])
    }

    @Test(arguments: cases) func theKernelSaysWhatWasAsked(_ testCase: QueueCase) throws {
        let asked = Self.impairment(testCase.queue)
        try withLab(Plan(downlink: asked)) { lab in
            let applied = try lab.readback()[0].applied
            #expect(applied.rate == asked.rate)
            expect(applied.queue, is: asked.queue)
        }
    }

    /// Under a load that makes every queue act, tc's figures are compared one by one.
    @Test(arguments: cases) func tcSeesTheSame(_ testCase: QueueCase) throws {
        let namespace = try NetworkNamespace.make()
        let lab = try namespace.inside { try Lab.build(plan: Plan(downlink: Self.impairment(testCase.queue))) }
        _ = try Flow(rate: Rate(bitsPerSecond: 8_000_000), for: .seconds(2), frame: 1200).run(through: lab)
        let ours = try #require(try lab.readback()[0].qdiscs.first { $0.handle == "3:" })
        let theirs = try #require(
            try TcQueue.all(in: namespace).first {
                $0.text("dev") == ours.interface && $0.text("handle") == ours.handle
            })
        let later = try #require(try lab.readback()[0].qdiscs.first { $0.handle == "3:" })
        #expect(ours.counters.drops > 100)
        let compared = theirs.expect(ours, later)
        // tc names no parameter that is off, and words some in its own way.
        let ownWords = ["ack-filter", "framing", "overhead", "mpu", "ce_mark", "dq_rate_estimator", "memlimit"]
        let left = (ours.parameters + (ours.statistics ?? [])).filter {
            !compared.contains($0.name) && $0.value != 0 && !ownWords.contains($0.name)
        }
        #expect(left.map(\.name) == [])
        #expect(compared.count >= 8)
    }

    /// The rate changes under a queue that is full, and its parameters where the kernel can: nothing that waits is lost,
    /// and what is left of it leaves in its order.
    @Test(arguments: QueueCase.usual) func aChangeKeepsWhatIsQueued(_ testCase: QueueCase) throws {
        try withLab(Plan(downlink: Self.impairment(testCase.queue, 2_000_000))) { lab in
            let change = TimelineChange(
                at: .seconds(1), impairments: [.downlink: Self.impairment(testCase.queue, 20_000_000)])
            // 30 packets of 1200 bytes at once wait 144 ms, and the change comes while they do.
            let flow = Flow(count: 30, spacing: .microseconds(1), frame: 1200) { sequence in
                if sequence == 29 { _ = try lab.apply(change) }
            }
            let arrivals = try flow.run(through: lab)
            let queue = try #require(try lab.sampleQueues().first { $0.direction == .downlink })
            #expect(arrivals.count + Int(queue.queueDrops) == 30)
            #expect(queue.backlogPackets == 0)
            #expect(arrivals.reordered == 0)
            #expect(try lab.readback()[0].applied.rate == Rate(bitsPerSecond: 20_000_000))
        }
    }

    @Test func parametersChangeInPlace() throws {
        let (before, after) = (FQCoDel(), FQCoDel(codel: CoDel(limit: 99, target: .milliseconds(2), ecn: false)))
        try withLab(Plan(downlink: Self.impairment(.fqCodel(before)))) { lab in
            let change = TimelineChange(
                at: .seconds(1), impairments: [.downlink: Self.impairment(.fqCodel(after))])
            expect(try lab.apply(change).readbacks[0].applied.queue, is: .fqCodel(after))
        }
    }

    @Test(arguments: [
        (QueueDiscipline.codel(CoDel()), QueueDiscipline.pie(PIE())),
        (.fqCodel(FQCoDel()), .fqCodel(FQCoDel(flows: 12))),
        (
            .red(QueueCase.red),
            .red(
                RED(
                    limit: ByteCount(100_000), min: ByteCount(12_000), max: ByteCount(36_000), burst: 20,
                    bandwidth: Rate(bitsPerSecond: 5_000_000)))
        ),
    ]) func whatWouldLosePacketsIsRefused(_ before: QueueDiscipline, _ after: QueueDiscipline) throws {
        _ = try withLab(Plan(downlink: Self.impairment(before))) { lab in
            #expect(throws: LabError.self) {
                _ = try lab.apply(TimelineChange(at: .seconds(1), impairments: [.downlink: Self.impairment(after)]))
            }
        }
    }

    /// The kernel keeps codel's times in units of 1024 ns, and red's probability in 32 bits; everything else is exact.
    private func expect(_ applied: QueueDiscipline, is asked: QueueDiscipline) {
        #expect(applied.kind == asked.kind)
        #expect(applied.parameters.map(\.name) == asked.parameters.map(\.name))
        for (found, wanted) in zip(applied.parameters, asked.parameters) {
            #expect(found.word == wanted.word)
            let tolerance = found.quantity == .time ? 2.1e-6 : found.quantity == .ratio ? 1e-9 : 0
            #expect(abs(found.value - wanted.value) <= tolerance, "\(found.name): \(found.value) of \(wanted.value)")
        }
    }
}
