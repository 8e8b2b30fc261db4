import LabModel
import LinuxKit
import Synchronization
import Testing

@testable import Lab

/// What holds in real time however busy the host is: the lab sends nothing too early, too fast or out of order, and
/// what it withholds is no more than the time that the host withheld. Needs root in a kernel with everything.
@Suite(.serialized) struct RealTimeKernelTests {
    @Test func aLabIsBuiltInNoTime() throws {
        var times: [TimeSpan] = []
        for _ in 0..<5 {
            let start = Clock.monotonic()
            try withLab(Plan(downlink: Impairment(rate: Rate(bitsPerSecond: 1_000_000)))) { _ in }
            times.append(TimeSpan(nanoseconds: Clock.monotonic() - start))
        }
        print("LAB up and down:", times.map(\.milliseconds))
        #expect(times.sorted()[2] < .milliseconds(100))
        // A carrier that is not cared for at once takes a second.
        #expect(times.allSatisfy { $0 < .milliseconds(700) })
    }

    @Test func delayIsKept() throws {
        try withLab(Plan(downlink: Impairment(delay: .milliseconds(20)))) { lab in
            let arrivals = try Flow(count: 1000, spacing: .milliseconds(1)).run(through: lab)
            #expect(arrivals.count == 1000)
            #expect(arrivals.reordered == 0)
            #expect(arrivals.delay(0) >= 20)
            #expect(arrivals.delay(0.5) < 20.5, "half the packets came later")
        }
    }

    @Test func jitterKeepsOrder() throws {
        let impairment = Impairment(delay: .milliseconds(50), jitter: .milliseconds(30))
        try withLab(Plan(downlink: impairment)) { lab in
            let arrivals = try Flow(count: 2000, spacing: .milliseconds(1)).run(through: lab)
            #expect(arrivals.count == 2000)
            #expect(arrivals.reordered == 0)
            #expect(arrivals.delay(0) >= 20)
        }
    }

    @Test(arguments: Shaper.allCases) func rateIsKept(_ shaper: Shaper) throws {
        let bits = 10_000_000.0
        let impairment = Impairment(rate: Rate(bitsPerSecond: Int64(bits)), shaper: shaper)
        try withLab(Plan(downlink: impairment)) { lab in
            let ticker = try Ticker.start()
            let flow = Flow(rate: Rate(bitsPerSecond: 13_000_000), for: .seconds(3))
            let arrivals = try Array(flow.run(through: lab).dropFirst(20))
            let withheld = ticker.stop()
            let ratio = arrivals.rate(frame: flow.frame) / bits
            print("rate by \(shaper): \(ratio), \(withheld) of the time withheld by the host")
            #expect(ratio < 1.01)
            // Every delay of a timer beyond the bucket's millisecond is lost to the rate.
            #expect(ratio > 0.99 - 2 * withheld)
        }
    }

    @Test(arguments: Shaper.allCases) func overloadFillsTheQueueAndThenDrops(_ shaper: Shaper) throws {
        let impairment = Impairment(
            rate: Rate(bitsPerSecond: 5_000_000), shaper: shaper, queue: .time(.milliseconds(100)),
            delay: .milliseconds(20))
        try withLab(Plan(downlink: impairment)) { lab in
            let fullest = Mutex<Int64>(0)
            let flow = Flow(count: 1200, spacing: .milliseconds(1), frame: 1200) { sequence in
                guard sequence % 50 == 0, let sample = try lab.sampleQueues().first else { return }
                fullest.withLock { $0 = max($0, sample.backlog.bytes) }
            }
            let arrivals = try flow.run(through: lab)
            let queue = try #require(try lab.sampleQueues().first)
            #expect(queue.queueDrops == Int64(flow.count - arrivals.count))
            // 62 500 bytes are 100 ms at 5 Mbit/s.
            #expect((60_000...62_500).contains(fullest.withLock { $0 }))
            #expect(arrivals.delay(0.5) > 115)
        }
    }
}

/// How much of the time this kernel did not run when it should have.
private final class Ticker: Sendable {
    private let ends = Atomic<Bool>(false)
    private let late = Atomic<Int64>(0)
    private let start = Clock.monotonic()

    static func start() throws -> Ticker {
        let ticker = Ticker()
        _ = try Thread.run(named: "ticker") { ticker.run() }
        return ticker
    }

    /// The share of the time since the start by which ticks were more than a millisecond late.
    func stop() -> Double {
        ends.store(true, ordering: .relaxed)
        return Double(late.load(ordering: .relaxed)) / Double(Clock.monotonic() - start)
    }

    private func run() {
        while !ends.load(ordering: .relaxed) {
            let deadline = Clock.monotonic() + 1_000_000
            Clock.sleep(untilMonotonic: deadline)
            late.add(max(0, Clock.monotonic() - deadline - 1_000_000), ordering: .relaxed)
        }
    }
}
