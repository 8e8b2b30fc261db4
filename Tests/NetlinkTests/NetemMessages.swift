import LabModel

@testable import Netlink

/// The requests of all that netem does beside delay, jitter and plain loss.
enum NetemMessages {
    private static let head = [
        "00000000 07000000 00000100 ffffffff 00000000",  // tcmsg: interface 7, handle 1:, parent root
        "0a00 0100 6e6574656d00 0000",  // TCA_KIND: "netem", padded
    ]
    private static let half = Probability(clamping: 0.5)
    private static let all = Probability(clamping: 1)

    static let cases = [
        GoldenBytes(
            "netem with chances, correlations and a gap",
            netem(
                Netem(
                    limit: 1000, delay: .zero, delayCorrelation: half,
                    loss: .correlated(Chance(half, correlation: all)), marks: true,
                    duplicate: Chance(all, correlation: half), corrupt: Chance(half, correlation: all),
                    reorder: Reordering(Chance(half, correlation: all), gap: 5))),
            ["d4000000 2400 0500 00000000 00000000"] + head + [
                "a400 0280",  // TCA_OPTIONS, nested, 164 bytes
                "00000000 e8030000 00000080 05000000 ffffffff 00000000",  // tc_netem_qopt: gap 5
                "0c00 0a00 0000000000000000",  // TCA_NETEM_LATENCY64
                "0c00 0b00 0000000000000000",  // TCA_NETEM_JITTER64
                "1400 0600 00000000 00000000 00000000 00000000",  // TCA_NETEM_RATE: none
                "1000 0100 00000080 ffffffff 00000080",  // TCA_NETEM_CORR: of delay, loss and duplicates
                "0c00 0300 00000080 ffffffff",  // TCA_NETEM_REORDER: share and correlation
                "0c00 0400 00000080 ffffffff",  // TCA_NETEM_CORRUPT: share and correlation
                "0800 0700 01000000",  // TCA_NETEM_ECN
                "2c00 0c00 0000000000000000 0000000000000000",  // TCA_NETEM_SLOT: none
                "00000000 00000000 0000000000000000 0000000000000000",
            ]),
        GoldenBytes(
            "netem with four states, and slots between two times",
            netem(
                Netem(
                    limit: 1000, delay: .zero,
                    loss: .fourState(FourStateLoss(p13: half, p31: all, p32: .zero, p23: all, p14: half)),
                    slots: NetemSlots(least: .milliseconds(5), most: .milliseconds(8), packets: 20, bytes: 30_000))),
            ["f0000000 2400 0500 00000000 00000000"] + head + [
                "c000 0280",  // TCA_OPTIONS, nested, 192 bytes
                "00000000 e8030000 00000000 00000000 00000000 00000000",  // tc_netem_qopt: limit 1000
                "0c00 0a00 0000000000000000",  // TCA_NETEM_LATENCY64
                "0c00 0b00 0000000000000000",  // TCA_NETEM_JITTER64
                "1400 0600 00000000 00000000 00000000 00000000",  // TCA_NETEM_RATE: none
                "1000 0100 00000000 00000000 00000000",  // TCA_NETEM_CORR: none
                "0c00 0300 00000000 00000000",  // TCA_NETEM_REORDER: none
                "0c00 0400 00000000 00000000",  // TCA_NETEM_CORRUPT: none
                "0800 0700 00000000",  // TCA_NETEM_ECN: no
                "2c00 0c00 404b4c0000000000 00127a0000000000",  // TCA_NETEM_SLOT: 5 000 000 to 8 000 000 ns
                "14000000 30750000 0000000000000000 0000000000000000",  // 20 packets, 30 000 bytes; no distribution
                "1c00 0580",  // TCA_NETEM_LOSS, nested
                "1800 0100 00000080 ffffffff 00000000 00000080 ffffffff",  // NETEM_LOSS_GI: p13, p31, p32, p14, p23
            ]),
        GoldenBytes(
            "netem with tables of a delay and of slots",
            netem(
                Netem(
                    limit: 1000, delay: .zero, distribution: DistributionTable(name: "a", values: [-8192, 8191]),
                    slots: NetemSlots(
                        mean: .milliseconds(5), jitter: .milliseconds(1),
                        distribution: DistributionTable(name: "b", values: [-1, 1, 256])))),
            ["e8000000 2400 0500 00000000 00000000"] + head + [
                "b800 0280",  // TCA_OPTIONS, nested, 184 bytes
                "00000000 e8030000 00000000 00000000 00000000 00000000",  // tc_netem_qopt: limit 1000
                "0c00 0a00 0000000000000000",  // TCA_NETEM_LATENCY64
                "0c00 0b00 0000000000000000",  // TCA_NETEM_JITTER64
                "1400 0600 00000000 00000000 00000000 00000000",  // TCA_NETEM_RATE: none
                "1000 0100 00000000 00000000 00000000",  // TCA_NETEM_CORR: none
                "0c00 0300 00000000 00000000",  // TCA_NETEM_REORDER: none
                "0c00 0400 00000000 00000000",  // TCA_NETEM_CORRUPT: none
                "0800 0700 00000000",  // TCA_NETEM_ECN: no
                "2c00 0c00 0000000000000000 0000000000000000",  // TCA_NETEM_SLOT
                "00000000 00000000 404b4c0000000000 40420f0000000000",  // mean 5 000 000 ns, jitter 1 000 000 ns
                "0800 0200 00e0 ff1f",  // TCA_NETEM_DELAY_DIST: -8192, 8191
                "0a00 0d00 ffff 0100 0001 0000",  // TCA_NETEM_SLOT_DIST: -1, 1, 256, padded
            ]),
    ]

    private static func netem(_ netem: Netem) -> Qdisc {
        Qdisc(on: Interface(index: 7, name: "mid-s"), handle: QdiscHandle(1), parent: .root, .netem(netem))
    }
}
