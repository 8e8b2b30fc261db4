import LabModel
import Testing

@testable import LinuxKit
@testable import Probe

@Suite struct TrafficSamplesTests {
    /// A test of 5 s that begins twice as fast as it goes on, and drains after its end.
    @Test func onlyTheSteadyPartCounts() throws {
        var samples = TrafficSamples()
        for tenth in 0...60 {
            let seconds = Double(tenth) / 10
            let bytes = Int64(min(seconds, 0.5) * 2e6 + min(max(seconds - 0.5, 0), 4.5) * 1e6)
            samples.append(
                .init(time: .seconds(seconds), ethernet: ByteCount(bytes), payload: ByteCount(bytes / 2)))
        }
        let rates = try #require(samples.steadyRates(of: .seconds(5)))
        #expect(rates.ethernet == Rate(bitsPerSecond: 8_000_000))
        #expect(rates.payload == Rate(bitsPerSecond: 4_000_000))
    }

    @Test(arguments: [(0.4, 0.1), (4, 1), (60, 1)]) func leadIsAQuarterButNoMoreThanASecond(
        _ seconds: Double, _ lead: Double
    ) {
        #expect(TrafficSamples.lead(of: .seconds(seconds)) == .seconds(lead))
    }

    @Test func tooFewSamplesGiveNoRate() {
        var samples = TrafficSamples()
        #expect(samples.steadyRates(of: .seconds(5)) == nil)
        samples.append(.init(time: .seconds(2), ethernet: ByteCount(1), payload: ByteCount(1)))
        #expect(samples.steadyRates(of: .seconds(5)) == nil)
    }

    @Test func intervalsAreCutFromRunningCounts() {
        var cutter = IntervalCutter()
        let facts = StreamSocket.Facts(retransmissions: 3, roundTrip: 40_000_000, congestionWindow: 14480)
        func received(_ bytes: Int64, packets: Int64, missing: Int64) -> ReceivedTraffic {
            ReceivedTraffic(payload: ByteCount(bytes), packets: packets, missing: missing)
        }
        func cut(_ time: Double, _ received: ReceivedTraffic) -> ProbeResult.Interval? {
            cutter.cut(at: .milliseconds(time), received: received, facts: facts)
        }
        #expect(cut(100, received(10, packets: 1, missing: 0)) == nil)
        let first = cut(200, received(30, packets: 3, missing: 2))
        #expect(
            first
                == ProbeResult.Interval(
                    start: .zero, end: .milliseconds(200), bytes: ByteCount(30), packets: 3, lost: 2,
                    retransmissions: 3, roundTrip: .milliseconds(40), congestionWindow: ByteCount(14480)))
        let second = cut(420, received(40, packets: 5, missing: 1))
        #expect(
            second
                == ProbeResult.Interval(
                    start: .milliseconds(200), end: .milliseconds(420), bytes: ByteCount(10), packets: 2, lost: 0,
                    retransmissions: 0, roundTrip: .milliseconds(40), congestionWindow: ByteCount(14480)))
        // One sample that was late does not delay those after it.
        #expect(cut(520, received(50, packets: 6, missing: 1)) == nil)
        #expect(cut(600, received(50, packets: 6, missing: 1))?.start == .milliseconds(420))
    }

    @Test func countersLeaveLoopbackOut() {
        let table = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
                lo:  999999    9999    0    0    0     0          0         0   999999    9999    0
              eth0: 1514000    1000    0    0    0     0          0         0      100       2    0
              eth1:1        1    0    0    0     0          0         0      100       2    0
            """
        #expect(InterfaceCounters.sum(ofTable: table) == .init(bytes: 1_514_001, packets: 1001))
    }
}
