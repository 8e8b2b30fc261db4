import LabModel
import Testing

@testable import Probe

@Suite struct PacerTests {
    @Test(arguments: [9_600, 64_000, 1_000_000, 12_000_000, 1_000_000_000] as [Int64])
    func everyPacketIsSentInItsTimeAndNoneTwice(_ bits: Int64) {
        let pacer = Pacer(rate: Rate(bitsPerSecond: bits), packet: ByteCount(1242))
        let span = TimeSpan.seconds(bits < 1_000_000 ? 10 : 1)
        let total = pacer.packets(in: span)
        let expected = Double(bits) * span.seconds / (1242 * 8)
        #expect(abs(Double(total) - expected) <= 1)
        var sent: Int64 = 0
        var wakeUps = 0
        while sent < total {
            let wake = pacer.wakeUp(for: sent)
            let batch = pacer.batch(from: sent, at: wake)
            #expect(batch >= 1 && batch <= Pacer.largestBatch)
            // None leaves before its time: what is due by now covers what is sent.
            #expect(sent + batch <= pacer.packets(in: wake))
            sent += batch
            wakeUps += 1
        }
        #expect(sent == total || sent - total < Int64(Pacer.largestBatch))
        // One wake-up a millisecond, or one a packet where those are rarer, or as many as full batches need; rounding may double it.
        #expect(Double(wakeUps) <= max(min(span.milliseconds, expected), expected / 64) * 2 + 2)
    }

    @Test func aSenderThatWasHeldUpCatchesUp() {
        let pacer = Pacer(rate: Rate(bitsPerSecond: 12_000_000), packet: ByteCount(1500))
        #expect(pacer.batch(from: 0, at: .milliseconds(10)) == 11)
        #expect(pacer.batch(from: 0, at: .seconds(1)) == 64)
    }
}
