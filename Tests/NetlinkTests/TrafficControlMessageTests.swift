import LabModel
import Testing

@testable import Netlink

/// The bytes of each qdisc's request, little-endian, as <linux/rtnetlink.h> and <linux/pkt_sched.h> lay them out.
@Suite struct TrafficControlMessageTests {
    private static let port = Interface(index: 7, name: "mid-s")

    static let cases = [
        GoldenBytes(
            "netem with delay, jitter, loss, rate and seed",
            Qdisc(
                on: port, handle: QdiscHandle(1), parent: .root,
                .netem(
                    Netem(
                        limit: 1000, delay: .milliseconds(20), jitter: .milliseconds(2),
                        loss: .independent(Probability(clamping: 0.001)), rate: Rate(bitsPerSecond: 10_000_000_000),
                        seed: 0x11_2233_4455))),
            [
                "e0000000 2400 0500 00000000 00000000",  // nlmsghdr: 224 bytes, RTM_NEWQDISC, REQUEST | ACK
                "00000000 07000000 00000100 ffffffff 00000000",  // tcmsg: interface 7, handle 1:, parent root
                "0a00 0100 6e6574656d00 0000",  // TCA_KIND: "netem", padded
                "b000 0280",  // TCA_OPTIONS, nested, 176 bytes
                "b4c40400 e8030000 37894100",  // tc_netem_qopt: latency 312500 ticks, limit 1000, loss 0.1 % of 2^32-1
                "00000000 00000000 127a0000",  // gap, duplicate, jitter 31250 ticks
                "0c00 0a00 002d310100000000",  // TCA_NETEM_LATENCY64: 20 000 000 ns
                "0c00 0b00 80841e0000000000",  // TCA_NETEM_JITTER64: 2 000 000 ns
                "1400 0600 807c814a 00000000 00000000 00000000",  // TCA_NETEM_RATE: 1.25e9 bytes/s, no cells
                "1000 0100 00000000 00000000 00000000",  // TCA_NETEM_CORR: of delay, loss, duplicates: none
                "0c00 0300 00000000 00000000",  // TCA_NETEM_REORDER: none
                "0c00 0400 00000000 00000000",  // TCA_NETEM_CORRUPT: none
                "0800 0700 00000000",  // TCA_NETEM_ECN: no
                "2c00 0c00 0000000000000000 0000000000000000",  // TCA_NETEM_SLOT: from 0 to 0 ns, which is none
                "00000000 00000000 0000000000000000 0000000000000000",  // packets, bytes, mean, jitter
                "0c00 0e00 5544332211000000",  // TCA_NETEM_PRNG_SEED
            ]),
        GoldenBytes(
            "netem with Gilbert-Elliott loss and a 64-bit rate",
            Qdisc(
                on: port, handle: QdiscHandle(1), parent: .root,
                .netem(
                    Netem(
                        limit: 1000, delay: .zero,
                        loss: .gilbertElliott(
                            GilbertElliott(
                                p: Probability(clamping: 0.5), r: Probability(clamping: 1),
                                lossInBad: Probability(clamping: 0.75), lossInGood: .zero)),
                        rate: Rate(bitsPerSecond: 80_000_000_000)))),
            [
                "f8000000 2400 0500 00000000 00000000",  // nlmsghdr: 248 bytes
                "00000000 07000000 00000100 ffffffff 00000000",  // tcmsg
                "0a00 0100 6e6574656d00 0000",  // TCA_KIND: "netem"
                "c800 0280",  // TCA_OPTIONS, nested, 200 bytes
                "00000000 e8030000 00000000 00000000 00000000 00000000",  // tc_netem_qopt: limit 1000
                "0c00 0a00 0000000000000000",  // TCA_NETEM_LATENCY64
                "0c00 0b00 0000000000000000",  // TCA_NETEM_JITTER64
                "1400 0600 ffffffff 00000000 00000000 00000000",  // TCA_NETEM_RATE: more than 32 bits hold
                "0c00 0800 00e40b5402000000",  // TCA_NETEM_RATE64: 1e10 bytes/s
                "1000 0100 00000000 00000000 00000000",  // TCA_NETEM_CORR: of delay, loss, duplicates: none
                "0c00 0300 00000000 00000000",  // TCA_NETEM_REORDER: none
                "0c00 0400 00000000 00000000",  // TCA_NETEM_CORRUPT: none
                "0800 0700 00000000",  // TCA_NETEM_ECN: no
                "2c00 0c00 0000000000000000 0000000000000000",  // TCA_NETEM_SLOT: from 0 to 0 ns, which is none
                "00000000 00000000 0000000000000000 0000000000000000",  // packets, bytes, mean, jitter
                "1800 0580",  // TCA_NETEM_LOSS, nested
                "1400 0200 00000080 ffffffff 00000040 00000000",  // NETEM_LOSS_GE: p, r, h = 1 - 0.75, 1 - k
            ]),
        GoldenBytes(
            "tbf",
            Qdisc(
                on: port, handle: QdiscHandle(2), parent: QdiscHandle(1, 1),
                .tokenBucket(
                    TokenBucket(rate: Rate(bitsPerSecond: 10_000_000), burst: ByteCount(2764), limit: 125_000))),
            [
                "6c000000 2400 0500 00000000 00000000",  // nlmsghdr: 108 bytes, RTM_NEWQDISC
                "00000000 07000000 00000200 01000100 00000000",  // tcmsg: handle 2:, parent 1:1
                "0800 0100 74626600",  // TCA_KIND: "tbf"
                "4000 0280",  // TCA_OPTIONS, nested, 64 bytes
                "2800 0100",  // TCA_TBF_PARMS: tc_tbf_qopt
                "00 01 0000 0000 0000 d0121300",  // rate: link layer Ethernet, 1 250 000 bytes/s
                "00 00 0000 0000 0000 00000000",  // peakrate: none
                "48e80100 f6860000 00000000",  // limit 125 000, buffer 34 550 ticks of 64 ns, mtu
                "0c00 0400 d012130000000000",  // TCA_TBF_RATE64
                "0800 0600 cc0a0000",  // TCA_TBF_BURST: 2764 bytes
            ]),
        GoldenBytes(
            "htb",
            Qdisc(on: port, handle: QdiscHandle(2), parent: QdiscHandle(1, 1), .htb(default: 1)),
            [
                "48000000 2400 0500 00000000 00000000",  // nlmsghdr: 72 bytes, RTM_NEWQDISC
                "00000000 07000000 00000200 01000100 00000000",  // tcmsg
                "0800 0100 68746200",  // TCA_KIND: "htb"
                "1c00 0280",  // TCA_OPTIONS, nested
                "1800 0200 03000000 0a000000 01000000 00000000 00000000",  // TCA_HTB_INIT: version 3, r2q 10, default 1
            ]),
        GoldenBytes(
            "a class of htb at a 64-bit rate",
            Qdisc(
                on: port, handle: QdiscHandle(2, 1), parent: QdiscHandle(2),
                .htbClass(
                    HierarchicalBucket(rate: Rate(bitsPerSecond: 1_000_000_000_000), burst: ByteCount(125_001_514)))),
            [
                "78000000 2800 0500 00000000 00000000",  // nlmsghdr: 120 bytes, RTM_NEWTCLASS
                "00000000 07000000 01000200 00000200 00000000",  // tcmsg: handle 2:1, parent 2:
                "0800 0100 68746200",  // TCA_KIND: "htb"
                "4c00 0280",  // TCA_OPTIONS, nested
                "3000 0100",  // TCA_HTB_PARMS: tc_htb_opt
                "00 01 0000 0000 0000 ffffffff",  // rate: more than 32 bits hold
                "00 01 0000 0000 0000 ffffffff",  // ceil
                "0a3d0000 0a3d0000 2a5f7307 00000000 00000000",  // buffer, cbuffer 15 626 ticks, quantum, level, prio
                "0c00 0600 00a2941a1d000000",  // TCA_HTB_RATE64: 125e9 bytes/s
                "0c00 0700 00a2941a1d000000",  // TCA_HTB_CEIL64
            ]),
        GoldenBytes(
            "bfifo",
            Qdisc(
                on: port, handle: QdiscHandle(3), parent: QdiscHandle(2, 1), .fifo(Fifo(.bytes, limit: 125_000))),
            [
                "38000000 2400 0500 00000000 00000000",  // nlmsghdr: 56 bytes, RTM_NEWQDISC
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg: handle 3:, parent 2:1
                "0a00 0100 626669666f00 0000",  // TCA_KIND: "bfifo"
                "0800 0200 48e80100",  // TCA_OPTIONS: tc_fifo_qopt, no attributes in it
            ]),
        GoldenBytes(
            "pfifo",
            Qdisc(on: port, handle: QdiscHandle(3), parent: QdiscHandle(2, 1), .fifo(Fifo(.packets, limit: 50))),
            [
                "38000000 2400 0500 00000000 00000000",  // nlmsghdr: 56 bytes, RTM_NEWQDISC
                "00000000 07000000 00000300 01000200 00000000",  // tcmsg: handle 3:, parent 2:1
                "0a00 0100 706669666f00 0000",  // TCA_KIND: "pfifo"
                "0800 0200 32000000",  // TCA_OPTIONS: tc_fifo_qopt, 50 packets
            ]),
    ]

    @Test(arguments: cases + NetemMessages.cases) func requestHasTheseBytes(_ golden: GoldenBytes) {
        #expect(golden.build() == golden.bytes)
    }

    @Test func handlesAreWrittenAsTcWritesThem() {
        #expect(QdiscHandle.root.description == "root")
        #expect(QdiscHandle(0x8001).description == "8001:")
        #expect(QdiscHandle(2, 0x1a).description == "2:1a")
    }
}
