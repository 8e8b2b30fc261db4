import LabModel
import Testing

@testable import Netlink

/// The bytes of each queue's request, little-endian, as <linux/rtnetlink.h> and <linux/pkt_sched.h> lay them out.
@Suite struct QueueMessageTests {
    static func queue(_ options: Qdisc.Options, parent: QdiscHandle = QdiscHandle(2, 1)) -> Qdisc {
        Qdisc(on: Interface(index: 7, name: "mid-s"), handle: QdiscHandle(3), parent: parent, options)
    }

    static let cases = [
        GoldenBytes(
            "codel",
            queue(.codel(CoDel(limit: 500, ecn: true, ceThreshold: .milliseconds(1)))),
            [
                "5c000000 2400 0500 00000000 00000000",  // nlmsghdr: 92 bytes, RTM_NEWQDISC, REQUEST | ACK
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg: interface 7, handle 3:, parent 2:1
                "0a00 0100 636f64656c00 0000",  // TCA_KIND: "codel", padded
                "2c00 0280",  // TCA_OPTIONS, nested, 44 bytes
                "0800 0100 88130000",  // TCA_CODEL_TARGET: 5000 us
                "0800 0200 f4010000",  // TCA_CODEL_LIMIT: 500 packets
                "0800 0300 a0860100",  // TCA_CODEL_INTERVAL: 100 000 us
                "0800 0400 01000000",  // TCA_CODEL_ECN
                "0800 0500 e8030000",  // TCA_CODEL_CE_THRESHOLD: 1000 us
            ]),
        GoldenBytes(
            "pie",
            queue(.pie(PIE(ecn: true))),
            [
                "70000000 2400 0500 00000000 00000000",  // nlmsghdr: 112 bytes
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg
                "0800 0100 70696500",  // TCA_KIND: "pie"
                "4400 0280",  // TCA_OPTIONS, nested, 68 bytes
                "0800 0100 983a0000",  // TCA_PIE_TARGET: 15 000 us
                "0800 0200 e8030000",  // TCA_PIE_LIMIT: 1000 packets
                "0800 0300 983a0000",  // TCA_PIE_TUPDATE: 15 000 us
                "0800 0400 02000000",  // TCA_PIE_ALPHA
                "0800 0500 14000000",  // TCA_PIE_BETA
                "0800 0600 01000000",  // TCA_PIE_ECN
                "0800 0700 00000000",  // TCA_PIE_BYTEMODE
                "0800 0800 00000000",  // TCA_PIE_DQ_RATE_ESTIMATOR
            ]),
        GoldenBytes(
            "cake with Ethernet's own overhead",
            queue(.cake(Cake(), rate: Rate(bitsPerSecond: 10_000_000)), parent: QdiscHandle(1, 1)),
            [
                "a8000000 2400 0500 00000000 00000000",  // nlmsghdr: 168 bytes
                "00000000 07000000 00000300 01000100 00000000",  // tcmsg: parent 1:1
                "0900 0100 63616b6500 000000",  // TCA_KIND: "cake"
                "7800 0280",  // TCA_OPTIONS, nested, 120 bytes
                "0c00 0200 d012130000000000",  // TCA_CAKE_BASE_RATE64: 1 250 000 bytes/s
                "0800 0300 00000000",  // TCA_CAKE_DIFFSERV_MODE: diffserv3
                "0800 0400 00000000",  // TCA_CAKE_ATM: noatm
                "0800 0500 07000000",  // TCA_CAKE_FLOW_MODE: triple-isolate
                "0800 0600 00000000",  // TCA_CAKE_OVERHEAD
                "0800 0700 a0860100",  // TCA_CAKE_RTT: 100 000 us
                "0800 0800 88130000",  // TCA_CAKE_TARGET: 5000 us
                "0800 0a00 00000000",  // TCA_CAKE_MEMORY: the kernel's choice
                "0800 0c00 00000000",  // TCA_CAKE_RAW
                "0800 0d00 00000000",  // TCA_CAKE_WASH
                "0800 0e00 00000000",  // TCA_CAKE_MPU
                "0800 0f00 00000000",  // TCA_CAKE_INGRESS
                "0800 1000 00000000",  // TCA_CAKE_ACK_FILTER: none
                "0800 1100 01000000",  // TCA_CAKE_SPLIT_GSO
            ]),
        GoldenBytes(
            "cake on a line with ATM cells, at a 64-bit rate",
            queue(
                .cake(
                    Cake(
                        diffserv: .besteffort, isolation: .flows, overhead: 40, mpu: 64, framing: .atm,
                        ackFilter: .aggressive, wash: true, ingress: true, splitGSO: false,
                        memoryLimit: ByteCount(2_000_000)), rate: Rate(bitsPerSecond: 40_000_000_000)),
                parent: QdiscHandle(1, 1)),
            [
                "a0000000 2400 0500 00000000 00000000",  // nlmsghdr: 160 bytes
                "00000000 07000000 00000300 01000100 00000000",  // tcmsg
                "0900 0100 63616b6500 000000",  // TCA_KIND: "cake"
                "7000 0280",  // TCA_OPTIONS, nested, 112 bytes
                "0c00 0200 00f2052a01000000",  // TCA_CAKE_BASE_RATE64: 5e9 bytes/s
                "0800 0300 03000000",  // TCA_CAKE_DIFFSERV_MODE: besteffort
                "0800 0400 01000000",  // TCA_CAKE_ATM: atm
                "0800 0500 04000000",  // TCA_CAKE_FLOW_MODE: flows
                "0800 0600 28000000",  // TCA_CAKE_OVERHEAD: 40 bytes, and no TCA_CAKE_RAW
                "0800 0700 a0860100",  // TCA_CAKE_RTT
                "0800 0800 88130000",  // TCA_CAKE_TARGET
                "0800 0a00 80841e00",  // TCA_CAKE_MEMORY: 2 000 000 bytes
                "0800 0d00 01000000",  // TCA_CAKE_WASH
                "0800 0e00 40000000",  // TCA_CAKE_MPU: 64 bytes
                "0800 0f00 01000000",  // TCA_CAKE_INGRESS
                "0800 1000 02000000",  // TCA_CAKE_ACK_FILTER: aggressive
                "0800 1100 00000000",  // TCA_CAKE_SPLIT_GSO
            ]),
    ]

    @Test(arguments: cases + fair) func requestHasTheseBytes(_ golden: GoldenBytes) {
        #expect(golden.build() == golden.bytes)
    }

    private static let fqCodel = queue(.fqCodel(FQCoDel()))
    private static let fqPie = queue(.fqPie(FQPIE(pie: PIE(limit: 2000), ecnProbability: Probability(clamping: 0.2))))

    /// A qdisc that is there already refuses a number of flows, so only a new one is told.
    static let fair = [
        GoldenBytes(
            "fq_codel, new",
            [
                "78000000 2400 0506 00000000 00000000",  // nlmsghdr: 120 bytes, REQUEST | ACK | EXCL | CREATE
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg
                "0d00 0100 66715f636f64656c00 000000",  // TCA_KIND: "fq_codel"
                "4400 0280",  // TCA_OPTIONS, nested, 68 bytes
                "0800 0100 88130000",  // TCA_FQ_CODEL_TARGET: 5000 us
                "0800 0200 00280000",  // TCA_FQ_CODEL_LIMIT: 10240 packets
                "0800 0300 a0860100",  // TCA_FQ_CODEL_INTERVAL: 100 000 us
                "0800 0400 01000000",  // TCA_FQ_CODEL_ECN
                "0800 0500 00040000",  // TCA_FQ_CODEL_FLOWS: 1024
                "0800 0600 ea050000",  // TCA_FQ_CODEL_QUANTUM: 1514 bytes
                "0800 0800 40000000",  // TCA_FQ_CODEL_DROP_BATCH_SIZE: 64
                "0800 0900 00000002",  // TCA_FQ_CODEL_MEMORY_LIMIT: 32 MiB
            ], build: { NetlinkSocket.request(fqCodel, flags: 0x600).bytes }),
        GoldenBytes(
            "fq_codel, changed", fqCodel,
            [
                "70000000 2400 0500 00000000 00000000",  // nlmsghdr: 112 bytes, REQUEST | ACK
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg
                "0d00 0100 66715f636f64656c00 000000",  // TCA_KIND: "fq_codel"
                "3c00 0280",  // TCA_OPTIONS, nested, 60 bytes
                "0800 0100 88130000 0800 0200 00280000 0800 0300 a0860100 0800 0400 01000000",  // as above
                "0800 0600 ea050000 0800 0800 40000000 0800 0900 00000002",  // without TCA_FQ_CODEL_FLOWS
            ]),
        GoldenBytes(
            "fq_pie, new",
            [
                "94000000 2400 0506 00000000 00000000",  // nlmsghdr: 148 bytes, REQUEST | ACK | EXCL | CREATE
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg
                "0b00 0100 66715f70696500 00",  // TCA_KIND: "fq_pie"
                "6400 0280",  // TCA_OPTIONS, nested, 100 bytes
                "0800 0100 d0070000",  // TCA_FQ_PIE_LIMIT: 2000 packets
                "0800 0200 00040000",  // TCA_FQ_PIE_FLOWS: 1024
                "0800 0300 983a0000",  // TCA_FQ_PIE_TARGET: 15 000 us
                "0800 0400 983a0000",  // TCA_FQ_PIE_TUPDATE: 15 000 us
                "0800 0500 02000000",  // TCA_FQ_PIE_ALPHA
                "0800 0600 14000000",  // TCA_FQ_PIE_BETA
                "0800 0700 ea050000",  // TCA_FQ_PIE_QUANTUM: 1514 bytes
                "0800 0800 00000002",  // TCA_FQ_PIE_MEMORY_LIMIT: 32 MiB
                "0800 0900 14000000",  // TCA_FQ_PIE_ECN_PROB: 20 %
                "0800 0a00 00000000",  // TCA_FQ_PIE_ECN
                "0800 0b00 00000000",  // TCA_FQ_PIE_BYTEMODE
                "0800 0c00 00000000",  // TCA_FQ_PIE_DQ_RATE_ESTIMATOR
            ], build: { NetlinkSocket.request(fqPie, flags: 0x600).bytes }),
    ]

    /// By hand: `min` is 10 packets of 1000 bytes, and 18 may come at once, so that the average must stay below 10 after
    /// them: 9 <= (1 - (1 - W)^18) / W first holds for W = 2^-4. 2 % of 20 000 bytes is 2^-19.9, more than 2^-20. 8 Mbit/s pass a packet
    /// in 1000 us, which takes 0.0931 bits off the average: all 31 after 333 ms, in less than 256 cells of 2^11 us.
    @Test func redHasTheseBytes() {
        let red = RED(
            limit: ByteCount(80_000), min: ByteCount(10_000), max: ByteCount(30_000), burst: 18,
            bandwidth: Rate(bitsPerSecond: 8_000_000), ecn: true, adaptive: true)
        let golden = GoldenBytes(
            "red",
            [
                "50010000 2400 0500 00000000 00000000",  // nlmsghdr: 336 bytes
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg
                "0800 0100 72656400",  // TCA_KIND: "red"
                "2401 0280",  // TCA_OPTIONS, nested, 292 bytes
                "1400 0100 80380100 10270000 30750000",  // TCA_RED_PARMS: limit, min, max
                "04 14 0b 05",  // Wlog, Plog, Scell_log, flags: ecn | adaptive
                "0401 0200",  // TCA_RED_STAB, 256 bytes
                (0..<256).map { Self.hex(min(31, $0 * 2048 * 93 / 1_000_000)) }.joined(),
                "0800 0300 52b81e05",  // TCA_RED_MAX_P: 2 % of 2^32
            ], build: { NetlinkSocket.request(Self.queue(.red(RandomEarlyDetection(red))), flags: 0).bytes })
        let built = golden.build()
        let table = 72..<328
        #expect(built.count == golden.bytes.count)
        for (index, byte) in built.enumerated() where !table.contains(index) {
            #expect(byte == golden.bytes[index], "byte \(index)")
        }
        for cell in [0, 10, 100, 255] {
            #expect(built[table.lowerBound + cell] == golden.bytes[table.lowerBound + cell])
        }
    }

    private static func hex(_ value: Int) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
}
