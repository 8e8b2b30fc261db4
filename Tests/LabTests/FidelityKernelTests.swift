import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What is asked for against what happens to packets, where no other program of the host can disturb it: in virtual
/// time, where the same seed gives the same run. Needs root in a kernel with everything.
@Suite(.serialized) struct FidelityKernelTests {
    struct RateCase: CustomTestStringConvertible, Sendable {
        let rate: Rate
        let shaper: Shaper
        /// Long enough for many packets, short enough for the fast ones.
        let span: TimeSpan

        var testDescription: String { "\(rate.bitsPerSecond) bit/s by \(shaper)" }
    }

    static let rates: [RateCase] = Shaper.allCases.flatMap { shaper in
        [(64_000, 20.0), (1_000_000, 4), (10_000_000, 2), (100_000_000, 0.5), (1_000_000_000, 0.1)].map {
            RateCase(rate: Rate(bitsPerSecond: $0), shaper: shaper, span: .seconds($1))
        }
    }

    @Test(arguments: rates) func rateIsKept(_ testCase: RateCase) throws {
        let bits = Double(testCase.rate.bitsPerSecond)
        let impairment = Impairment(rate: testCase.rate, shaper: testCase.shaper, queue: .packets(1000))
        try withLab(Plan(downlink: impairment)) { lab in
            let flow = Flow(rate: Rate(bitsPerSecond: Int64(bits * 1.3)), for: testCase.span)
            // The bucket is full at the start, and is emptied by the 30 % that are offered beyond the rate.
            let full = Double(lab.shapings[0].burst(at: testCase.rate).bytes) / Double(flow.frame)
            let arrivals = try Array(flow.run(through: lab).dropFirst(Int(full * 1.3 / 0.3) + 1))
            let measured = arrivals.rate(frame: flow.frame)
            #expect(abs(measured / bits - 1) < 0.002, "\(measured) bit/s over \(arrivals.count) frames")
        }
    }

    @Test(arguments: Direction.allCases) func delayIsKept(_ direction: Direction) throws {
        let delayed = Impairment(delay: .milliseconds(20))
        let plan = direction == .downlink ? Plan(downlink: delayed) : Plan(downlink: .clean, uplink: delayed)
        try withLab(plan) { lab in
            let there = try Flow(count: 1000, spacing: .milliseconds(1), direction: direction).run(through: lab)
            #expect(there.count == 1000)
            #expect(there.reordered == 0)
            #expect(there.delay(0) >= 20)
            #expect(there.delay(1) < 20.01)
            let back = try Flow(count: 100, spacing: .milliseconds(1), direction: direction.opposite).run(through: lab)
            #expect(back.delay(1) < 0.01)
        }
    }

    /// In-order jitter is an envelope (RFC 8868 section 4.5): each packet waits for the slowest before it.
    @Test func jitterKeepsOrder() throws {
        let impairment = Impairment(delay: .milliseconds(50), jitter: .milliseconds(30))
        try withLab(Plan(downlink: impairment)) { lab in
            let arrivals = try Flow(count: 3000, spacing: .milliseconds(1)).run(through: lab)
            #expect(arrivals.count == 3000)
            #expect(arrivals.reordered == 0)
            #expect(arrivals.delay(0) >= 20)
            #expect(arrivals.delay(1) < 80.01)
            #expect((70..<73).contains(arrivals.map(\.delay.milliseconds).reduce(0, +) / 3000))
        }
    }

    @Test func jitterOfSparsePacketsIsUniform() throws {
        let impairment = Impairment(delay: .milliseconds(50), jitter: .milliseconds(30))
        try withLab(Plan(downlink: impairment)) { lab in
            // Farther apart than the jitter is wide, so that no packet waits for another.
            let arrivals = try Flow(count: 1000, spacing: .milliseconds(70)).run(through: lab)
            let delays = arrivals.map(\.delay.milliseconds).sorted()
            let distance = delays.enumerated().map { index, delay in
                abs(Double(index) / 1000 - (delay - 20) / 60)
            }.max()
            // Kolmogorov-Smirnov: 1.36 / sqrt(n) is the 5 % bound.
            #expect((distance ?? 1) < 1.36 / 1000.squareRoot())
        }
    }

    @Test(arguments: Shaper.allCases) func overloadFillsTheQueueAndThenDrops(_ shaper: Shaper) throws {
        let impairment = Impairment(
            rate: Rate(bitsPerSecond: 5_000_000), shaper: shaper, queue: .time(.milliseconds(100)),
            delay: .milliseconds(20))
        try withLab(Plan(downlink: impairment)) { lab in
            let flow = Flow(rate: Rate(bitsPerSecond: 7_700_000), for: .seconds(2), frame: 1200)
            let arrivals = try flow.run(through: lab)
            let steady = Array(arrivals.dropFirst(arrivals.count / 2))
            #expect((118..<121).contains(steady.delay(0)))
            #expect((118..<121).contains(steady.delay(1)))
            let queue = try #require(try lab.sampleQueues().first { $0.direction == .downlink })
            #expect(queue.queueDrops == Int64(flow.count - arrivals.count))
            #expect(queue.queueDrops > 400)
        }
    }

    /// One flow of CUBIC fills the queue as a real router's: it loses packets only because there is no room, and a
    /// small packet beside it waits the queue's whole length.
    @Test func oneCubicFlowFillsTheQueue() throws {
        let impairment = Impairment(
            rate: Rate(bitsPerSecond: 5_000_000), queue: .time(.milliseconds(100)), delay: .milliseconds(20))
        let plan = Plan(downlink: impairment, uplink: Impairment(delay: .milliseconds(20)))
        try withLab(plan) { lab in
            let bulk = try BulkTransfer.start(through: lab)
            let beside = try Flow(count: 800, spacing: .milliseconds(10)).run(through: lab)
            let bytes = try bulk.stop()
            #expect(beside.delay(0.99) > 110)
            #expect(beside.delay(1) < 125)
            #expect(try lab.sampleQueues()[0].queueDrops > 0)
            // 1448 bytes of payload in each frame of 1514.
            #expect(Double(bytes) * 8 / 8 > 5_000_000 * 1448 / 1514 * 0.95)
        }
    }
}

extension Direction {
    var opposite: Direction { self == .downlink ? .uplink : .downlink }
}
