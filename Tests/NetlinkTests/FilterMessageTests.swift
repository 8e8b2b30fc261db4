import Testing

@testable import Netlink

/// The bytes of each filter's request, little-endian, as <linux/pkt_cls.h> and <linux/tc_act/tc_gact.h> lay them out, and
/// the command for which tc 6.1 sends the same, but for the mark of what is nested.
@Suite struct FilterMessageTests {
    private static let port = Interface(index: 7, name: "port-r")
    /// IPv4 or nothing.
    private static let program = PacketProgram([
        PacketProgram.Instruction(0x28, 12), PacketProgram.Instruction(0x15, 0x800, ifFalse: 1),
        PacketProgram.Instruction(0x06, .max), PacketProgram.Instruction(0x06, 0),
    ])
    private static let bytecode = "4,40 0 0 12,21 0 1 2048,6 0 0 4294967295,6 0 0 0"

    private static func filter(_ verdict: PacketFilter.Verdict) -> PacketFilter {
        PacketFilter(on: port, parent: QdiscHandle(4), priority: 2, handle: 1, program, verdict)
    }

    private static let start = [
        "00000000 07000000 01000000 00000400 00030200",  // tcmsg: interface 7, handle 1, parent 4:, prio 2, ETH_P_ALL
        "0800 0100 62706600",  // TCA_KIND: "bpf"
    ]
    private static let operations = [
        "0600 0400 0400 0000",  // TCA_BPF_OPS_LEN: 4, padded
        "2400 0500 2800 00 00 0c000000",  // TCA_BPF_OPS: load the half word at 12,
        "1500 00 01 00080000 0600 00 00 ffffffff 0600 00 00 00000000",  // is it 0x800, yes, no
    ]
    private static let gact = "0900 0100 6761637400 000000"  // TCA_ACT_KIND: "gact", padded

    static let cases: [(filter: PacketFilter, words: String, golden: GoldenBytes)] = [
        (
            filter(.pass(QdiscHandle(4, 1))), "classid 4:1 action pass",
            GoldenBytes(
                "pass",
                ["94000000 2c00 0504 00000000 00000000"] + start  // nlmsghdr: 148 bytes, RTM_NEWTFILTER
                    + [
                        "6800 0280",  // TCA_OPTIONS, nested
                        "0800 0300 01000400",  // TCA_BPF_CLASSID: 4:1
                        "3000 0180 2c00 0180", gact,  // TCA_BPF_ACT, the first action
                        "1c00 0280 1800 0200",  // TCA_ACT_OPTIONS, TCA_GACT_PARMS
                        "00000000 00000000 00000000 00000000 00000000",  // tc_gen: TC_ACT_OK
                    ] + operations
            ) { NetlinkSocket.request(filter(.pass(QdiscHandle(4, 1)))).bytes }
        ),
        (
            filter(.drop), "action drop",
            GoldenBytes(
                "drop",
                ["8c000000 2c00 0504 00000000 00000000"] + start
                    + [
                        "6000 0280 3000 0180 2c00 0180", gact, "1c00 0280 1800 0200",
                        "00000000 00000000 02000000 00000000 00000000",  // tc_gen: TC_ACT_SHOT
                    ] + operations
            ) { NetlinkSocket.request(filter(.drop)).bytes }
        ),
        (
            filter(.dropEvery(1000)), "action continue random determ drop 1000",
            GoldenBytes(
                "drop every 1000th",
                ["98000000 2c00 0504 00000000 00000000"] + start
                    + [
                        "6c00 0280 3c00 0180 3800 0180", gact, "2800 0280 1800 0200",
                        "00000000 00000000 ffffffff 00000000 00000000",  // tc_gen: TC_ACT_UNSPEC
                        "0c00 0300 0200 e803 02000000",  // TCA_GACT_PROB: PGACT_DETERM, 1000, TC_ACT_SHOT
                    ] + operations
            ) { NetlinkSocket.request(filter(.dropEvery(1000))).bytes }
        ),
    ]

    @Test(arguments: cases.map(\.golden)) func aFilterHasTheseBytes(_ golden: GoldenBytes) {
        #expect(golden.build() == golden.bytes)
    }

    @Test(arguments: cases.indices) func aFilterIsACommand(_ index: Int) {
        let (filter, words, _) = Self.cases[index]
        let place = "dev port-r parent 4: protocol all prio 2 handle 1 bpf"
        #expect(filter.command("add") == "tc filter add \(place) bytecode '\(Self.bytecode)' \(words)")
        #expect(filter.command("del") == "tc filter del \(place)")
    }

    /// What the kernel tells of a filter is what it was told.
    @Test(arguments: cases.indices) func aFilterIsReadAsItWasWritten(_ index: Int) throws {
        let (filter, _, golden) = Self.cases[index]
        let reply = Reply(type: 44, payload: Array(golden.bytes.dropFirst(16)))
        let reading = try #require(PacketFilterReading(reply, at: Self.port))
        #expect(reading == PacketFilterReading(filter: filter, packets: 0, drops: 0))
    }

    @Test(arguments: 0..<120) func aFilterThatIsCutOffIsNone(_ length: Int) {
        let bytes = Self.cases[2].golden.bytes.dropFirst(16).prefix(length)
        #expect(PacketFilterReading(Reply(type: 44, payload: Array(bytes)), at: Self.port) == nil)
    }

    @Test func aSorterHasTheseBytes() {
        let sorter = Qdisc(on: Self.port, handle: QdiscHandle(4), parent: .root, .prio(Bands(2, usual: 1)))
        let golden = GoldenBytes(
            "prio", sorter,
            [
                "48000000 2400 0500 00000000 00000000",  // nlmsghdr: 72 bytes, RTM_NEWQDISC, REQUEST | ACK
                "00000000 07000000 00000400 ffffffff 00000000",  // tcmsg: interface 7, handle 4:, parent root
                "0900 0100 7072696f00 000000",  // TCA_KIND: "prio", padded
                "1800 0200 02000000 01010101 01010101 01010101 01010101",  // tc_prio_qopt: 2 bands, all to the second
            ])
        #expect(golden.build() == golden.bytes)
        #expect(
            sorter.command("add")
                == "tc qdisc add dev port-r root handle 4: prio bands 2 priomap 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")
    }
}
