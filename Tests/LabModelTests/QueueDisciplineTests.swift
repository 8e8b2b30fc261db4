import FoundationEssentials
import LabModel
import Testing

/// What follows from a queue's parameters.
@Suite struct QueueDisciplineTests {
    private static let red = RED(
        limit: ByteCount(80_000), min: ByteCount(10_000), max: ByteCount(30_000), burst: 18,
        bandwidth: Rate(bitsPerSecond: 8_000_000))

    static let all: [QueueDiscipline] = [
        .time(.milliseconds(100)), .bytes(ByteCount(64_000)), .packets(50),
        .codel(CoDel(ceThreshold: .milliseconds(1))), .fqCodel(FQCoDel()), .pie(PIE()), .fqPie(FQPIE()), .red(red),
        .cake(Cake(overhead: 18, memoryLimit: ByteCount(1_000_000))),
    ]

    @Test(arguments: all) func comesBackFromJSON(_ queue: QueueDiscipline) throws {
        let data = try JSONEncoder().encode(queue)
        #expect(try JSONDecoder().decode(QueueDiscipline.self, from: data) == queue)
    }

    /// A first-in-first-out queue is its limit alone, any other stands under the kernel's name.
    @Test func isWrittenUnderItsName() throws {
        func text(_ queue: QueueDiscipline) throws -> String {
            String(decoding: try JSONEncoder().encode(queue), as: UTF8.self)
        }
        #expect(try text(.packets(50)) == #"{"packets":{"_0":50}}"#)
        #expect(try text(.fqCodel(FQCoDel())).hasPrefix(#"{"fq_codel":{"#))
    }

    /// Of an Ethernet frame of 1014 bytes, an IP packet of 1000: with 40 bytes of overhead 1040, which 22 cells of 48
    /// bytes carry in 1166, and PTM in 17 blocks of up to 64 with a byte for each.
    @Test(arguments: [
        (Cake(), 1014, 1014), (Cake(overhead: 40), 1014, 1040), (Cake(overhead: 40, framing: .atm), 1014, 1166),
        (Cake(overhead: 40, framing: .ptm), 1014, 1057), (Cake(overhead: 0, mpu: 84), 64, 84),
        (Cake(framing: .atm), 48, 53),
    ]) func cakeCounts(_ cake: Cake, _ frame: Int, _ counted: Int) {
        #expect(cake.accounted(frame) == counted)
    }

    /// 18 packets may come on top of an empty queue before the average is 10 of them: 9 <= (1 - (1 - W)^18) / W holds
    /// for W = 1/16, which gives 11.0, and not for 1/8, which gives 7.3.
    @Test func redFollowsAsSlowlyAsItsBurstNeeds() {
        #expect(Self.red.weightLog == 4)
        var hasty = Self.red
        hasty.burst = 9
        #expect(hasty.weightLog == nil)
        #expect(RED.burst(min: ByteCount(10_000), max: ByteCount(30_000), averagePacket: ByteCount(1000)) == 16)
    }

    @Test func aLimitIsWhatTheRateSends() {
        let rate = Rate(bitsPerSecond: 1_211_200)
        #expect(QueueLimit.time(.milliseconds(100)).packets(at: rate) == 10)
        #expect(QueueLimit.time(.milliseconds(100)).packets(at: nil) == nil)
        #expect(QueueLimit.bytes(ByteCount(1515)).packets(at: nil) == 2)
        #expect(QueueLimit.packets(3).bytes(at: nil) == ByteCount(4542))
    }
}
