import LabModel
import LinuxKit
import Testing

@testable import Lab

/// What is asked for against what happens to packets. Needs root in a kernel with everything.
@Suite(.serialized) struct FidelityKernelTests {
    @Test(arguments: [64_000, 1_000_000, 10_000_000, 100_000_000] as [Int64], Shaper.allCases)
    func rateIsKept(_ bits: Int64, _ shaper: Shaper) throws {
        let rate = Rate(bitsPerSecond: bits)
        let impairment = Impairment(rate: rate, shaper: shaper, queue: .packets(100))
        try withLab(Plan(downlink: impairment)) { lab in
            let offered = Rate(bitsPerSecond: bits * 13 / 10)
            let span = TimeSpan.seconds(bits < 1_000_000 ? 8 : 1)
            // What the full bucket lets through at once at the start is not the rate.
            let arrivals = try Array(Flow(rate: offered, for: span).run(through: lab).dropFirst(10))
            let measured = arrivals.rate(frame: 1514)
            print(
                "RATE \(shaper) \(bits): \(measured) error \((measured / Double(bits) - 1) * 100) % of \(arrivals.count)"
            )
            #expect(abs(measured / Double(bits) - 1) < 0.01)
        }
    }

    @Test func delayIsKept() throws {
        try withLab(Plan(downlink: Impairment(delay: .milliseconds(20)))) { lab in
            let arrivals = try Flow(count: 1000, spacing: .milliseconds(1)).run(through: lab)
            print("DELAY \(arrivals.delay(0)) \(arrivals.delay(0.5)) \(arrivals.delay(0.95)) \(arrivals.delay(1))")
            #expect(arrivals.count == 1000)
            #expect(arrivals.reordered == 0)
            #expect(abs(arrivals.delay(0.5) - 20) < 0.5)
        }
    }

    @Test func jitterKeepsOrder() throws {
        let impairment = Impairment(delay: .milliseconds(50), jitter: .milliseconds(30))
        try withLab(Plan(downlink: impairment)) { lab in
            let arrivals = try Flow(count: 3000, spacing: .milliseconds(1)).run(through: lab)
            print("JITTER \(arrivals.delay(0)) \(arrivals.delay(0.5)) \(arrivals.delay(0.95)) \(arrivals.delay(1))")
            #expect(arrivals.count == 3000)
            #expect(arrivals.reordered == 0)
        }
    }

    @Test(arguments: Shaper.allCases) func overloadFillsTheQueue(_ shaper: Shaper) throws {
        let rate = Rate(bitsPerSecond: 5_000_000)
        let impairment = Impairment(
            rate: rate, shaper: shaper, queue: .time(.milliseconds(100)), delay: .milliseconds(20))
        try withLab(Plan(downlink: impairment)) { lab in
            let flow = Flow(rate: Rate(bitsPerSecond: 7_700_000), for: .seconds(2), frame: 1200)
            let arrivals = try flow.run(through: lab)
            let steady = Array(arrivals.dropFirst(arrivals.count / 2))
            let queue = try lab.sampleQueues()[0]
            print(
                "QUEUE \(shaper) \(steady.delay(0)) \(steady.delay(0.5)) \(steady.delay(1)) sent \(flow.count) came \(arrivals.count) \(queue)"
            )
            #expect(abs(steady.delay(0.5) - 120) < 5)
            #expect(queue.queueDrops == Int64(flow.count - arrivals.count))
        }
    }
}
