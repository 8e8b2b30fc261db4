import LabModel
import Testing

@testable import Netlink

/// Requests in the words of tc(8), and the bytes of those that only a real interface needs.
@Suite struct TcWordsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let qdisc: Qdisc

        init(
            _ command: String, handle: QdiscHandle = QdiscHandle(2), parent: QdiscHandle = .root,
            _ options: Qdisc.Options
        ) {
            testDescription = command
            qdisc = Qdisc(on: Interface(index: 7, name: "eth0"), handle: handle, parent: parent, options)
        }
    }

    private static let rate = Rate(bitsPerSecond: 10_000_000)

    static let cases = [
        Case(
            "tc qdisc add dev eth0 root handle 2: netem limit 1000 delay 20ms 1500us loss 0.1% rate 10gbit",
            .netem(
                Netem(
                    limit: 1000, delay: .milliseconds(20), jitter: .microseconds(1500),
                    loss: .independent(Probability(clamping: 0.001)), rate: Rate(bitsPerSecond: 10_000_000_000), seed: 7
                ))),
        Case(
            "tc qdisc add dev eth0 root handle 2: netem limit 1 delay 0us loss gemodel 1% 30% 90% 0.05%",
            .netem(
                Netem(
                    limit: 1, delay: .zero,
                    loss: .gilbertElliott(
                        GilbertElliott(
                            p: Probability(clamping: 0.01), r: Probability(clamping: 0.3),
                            lossInBad: Probability(clamping: 0.9), lossInGood: Probability(clamping: 0.0005)))))),
        Case(
            "tc qdisc add dev eth0 parent 1:1 handle 2: tbf rate 10mbit burst 2764 limit 125000",
            parent: QdiscHandle(1, 1), .tokenBucket(TokenBucket(rate: rate, burst: ByteCount(2764), limit: 125_000))),
        Case(
            "tc qdisc add dev eth0 root handle 2: tbf rate 1000008bit burst 2000 limit 1",
            .tokenBucket(TokenBucket(rate: Rate(bitsPerSecond: 1_000_004), burst: ByteCount(2000), limit: 1))),
        Case("tc qdisc add dev eth0 root handle 2: htb default a", .htb(default: 10)),
        Case(
            "tc class add dev eth0 parent 2: classid 2:1 htb rate 10mbit ceil 10mbit burst 2764 cburst 2764 quantum 2764",
            handle: QdiscHandle(2, 1), parent: QdiscHandle(2),
            .htbClass(HierarchicalBucket(rate: rate, burst: ByteCount(2764)))),
        Case("tc qdisc add dev eth0 root handle 2: pfifo limit 50", .fifo(Fifo(.packets, limit: 50))),
        Case(
            "tc qdisc add dev eth0 root handle 2: codel limit 1000 target 5ms interval 100ms noecn ce_threshold 1ms",
            .codel(CoDel(ceThreshold: .milliseconds(1)))),
        Case(
            "tc qdisc add dev eth0 root handle 2: fq_codel flows 1024 quantum 1514 limit 10240 target 5ms interval 100ms"
                + " ecn memory_limit 33554432 drop_batch 64", .fqCodel(FQCoDel())),
        Case(
            "tc qdisc add dev eth0 root handle 2: fq_pie flows 1024 quantum 1514 limit 10240 target 15ms tupdate 15ms"
                + " alpha 2 beta 20 noecn nobytemode no_dq_rate_estimator memory_limit 33554432 ecn_prob 10",
            .fqPie(FQPIE())),
        Case(
            "tc qdisc add dev eth0 root handle 2: red limit 80000 min 10000 max 30000 avpkt 1000 burst 18"
                + " bandwidth 8mbit probability 0.02 ecn",
            .red(
                RandomEarlyDetection(
                    RED(
                        limit: ByteCount(80_000), min: ByteCount(10_000), max: ByteCount(30_000), burst: 18,
                        bandwidth: Rate(bitsPerSecond: 8_000_000), ecn: true)))),
        Case(
            "tc qdisc add dev eth0 root handle 2: cake bandwidth 10mbit diffserv3 triple-isolate nowash no-ack-filter"
                + " split-gso egress rtt 100ms raw mpu 0 noatm", .cake(Cake(), rate: rate)),
    ]

    @Test(arguments: cases) func aQdiscIsACommand(_ testCase: Case) {
        #expect(testCase.qdisc.command("add") == testCase.testDescription)
    }

    @Test func aChangeNamesNoNumberOfFlows() {
        let queue = Case("fq_codel", .fqCodel(FQCoDel())).qdisc
        #expect(queue.command("add").contains("flows 1024"))
        #expect(!queue.command("change").contains("flows"))
    }

    @Test(arguments: [("eth0.7", "eth0.7"), ("a b", "'a b'"), ("x;'y", "'x;'\\''y'")])
    func aNameIsOneWordOfAShell(_ name: String, _ word: String) {
        #expect(TcWords.quoted(name) == word)
    }

    @Test func aRedirectionHasTheseBytes() {
        let redirection = Redirection(
            from: Interface(index: 7, name: "eth0"), to: Interface(index: 9, name: "ifb0"), priority: 0x6e6c,
            cookie: Array("netlab".utf8))
        let golden = GoldenBytes(
            "redirection",
            [
                "7c000000 2c00 0506 00000000 00000000",  // nlmsghdr: 124 bytes, RTM_NEWTFILTER, REQUEST|ACK|CREATE|EXCL
                "00000000 07000000 00000000 0000ffff 00036c6e",  // tcmsg: interface 7, parent ffff:, prio, ETH_P_ALL
                "0d00 0100 6d61746368616c6c00 000000",  // TCA_KIND: "matchall", padded
                "4800 0280 4400 0280 4000 0180",  // TCA_OPTIONS, TCA_MATCHALL_ACT, the first action
                "0b00 0100 6d697272656400 00",  // TCA_ACT_KIND: "mirred"
                "2400 0280 2000 0200",  // TCA_ACT_OPTIONS, TCA_MIRRED_PARMS
                "00000000 00000000 04000000 00000000 00000000",  // tc_gen: TC_ACT_STOLEN
                "01000000 09000000",  // TCA_EGRESS_REDIR to interface 9
                "0a00 0600 6e65746c6162 0000",  // TCA_ACT_COOKIE: "netlab"
            ]
        ) { NetlinkSocket.request(redirection).bytes }
        #expect(golden.build() == golden.bytes)
        #expect(
            redirection.command
                == "tc filter add dev eth0 parent ffff: protocol all prio 28268 matchall action mirred egress redirect"
                + " dev ifb0 cookie 6e65746c6162")
    }
}
