import LabModel
import LinuxKit
import Testing

@testable import Lab

/// The script of a plan against the lab that netlab builds of it. Needs root in a kernel with everything, tc and ip.
@Suite(.serialized) struct LabScriptKernelTests {
    private static let bursty = LossModel.gilbertElliott(
        GilbertElliott(
            p: Probability(clamping: 0.01), r: Probability(clamping: 0.3), lossInBad: Probability(clamping: 0.9),
            lossInGood: .zero))

    static let plans = [
        Plan(downlink: .clean),
        Plan(downlink: Impairment(rate: Rate(bitsPerSecond: 10_000_000)), ip: .v6, mtu: ByteCount(1280)),
        chain(.v4), chain(.v6),
        Plan(
            downlink: Impairment(
                rate: Rate(bitsPerSecond: 10_000_000), delay: .milliseconds(20), jitter: .milliseconds(2), loss: bursty),
            uplink: Impairment(rate: Rate(bitsPerSecond: 64_000), queue: .packets(20), delay: .milliseconds(7)),
            timeline: [
                TimelineChange(
                    at: .seconds(1.5),
                    impairments: [
                        .downlink: Impairment(
                            rate: Rate(bitsPerSecond: 2_000_000), queue: .time(.milliseconds(50)),
                            delay: .milliseconds(60), loss: .independent(Probability(clamping: 0.02)))
                    ])
            ]),
        Plan(
            downlink: Impairment(
                rate: Rate(bitsPerSecond: 10_000_000), queue: .cake(Cake(overhead: 18, framing: .ptm))),
            uplink: Impairment(rate: Rate(bitsPerSecond: 1_000_000), shaper: .htb, queue: .pie(PIE(ecn: true)))),
        Plan(
            downlink: Impairment(rate: Rate(bitsPerSecond: 10_000_000), queue: .fqCodel(FQCoDel())),
            uplink: Impairment(rate: Rate(bitsPerSecond: 1_000_000), queue: .codel(CoDel())),
            timeline: [
                TimelineChange(
                    at: .seconds(1.5),
                    impairments: [
                        .downlink: Impairment(
                            rate: Rate(bitsPerSecond: 2_000_000),
                            queue: .fqCodel(FQCoDel(codel: CoDel(limit: 99, target: .milliseconds(2)))))
                    ])
            ]),
        Plan(
            downlink: told(DropList(places: [.video: [100, 101], .audio: [7]], every: DropList.Nth(1000))),
            uplink: Impairment(drop: DropList(every: DropList.Nth(1))),
            timeline: [
                TimelineChange(
                    at: .seconds(1.5),
                    impairments: [.downlink: told(DropList(places: [.video: [200]])), .uplink: .clean])
            ]),
    ]

    private static func told(_ drop: DropList) -> Impairment {
        let match = PacketMatch([PacketMatch.Term(.udp, ports: [5004]), PacketMatch.Term(content: .rtcp)])
        return Impairment(delay: .milliseconds(20), match: match, drop: drop)
    }

    private static func chain(_ ip: IPVersion) -> Plan {
        var plan = Plan(downlink: Impairment(rate: Rate(bitsPerSecond: 4_000_000)), ip: ip)
        plan.furtherHops = [
            [.downlink: Impairment(delay: .milliseconds(3)), .uplink: .clean],
            [.downlink: .clean, .uplink: Impairment(rate: Rate(bitsPerSecond: 2_000_000))],
        ]
        return plan
    }

    @Test(arguments: plans) func theScriptMakesTheSameLab(_ plan: Plan) throws {
        let built = try NetworkNamespace.make()
        let lab = try built.inside { try Lab.build(plan: plan) }
        for change in plan.timeline { _ = try lab.apply(change) }
        let script = try shell(LabScript(plan: plan).text)
        let names = ["lab", "sender", "receiver"] + (1...plan.hops.count).map { "router-\($0)" }
        defer { _ = try? shell("for n in \(names.joined(separator: " ")); do ip netns del netlab-$n; done") }
        try #require(script.status == .success, "\(script.errorText)")
        let routers = lab.hops.dropFirst().enumerated().map { ($1.sender.namespace, "router-\($0 + 1)") }
        let ends = [(built, "lab"), (lab.sender.namespace, "sender"), (lab.receiver.namespace, "receiver")]
        for (namespace, name) in ends + routers {
            let wanted = try state(in: namespace)
            let found = try settled("netlab-\(name)", as: wanted)
            #expect(found == wanted, "\(name): \(Set(found).symmetricDifference(wanted).sorted())")
        }
    }

    /// The script waits for no carrier, and the kernel takes its time where other labs are built beside it.
    private func settled(_ name: String, as wanted: [Substring]) throws -> [Substring] {
        let deadline = Clock.monotonic() + 10_000_000_000
        while true {
            let found = try show(name)
            if found == wanted || Clock.monotonic() > deadline { return found }
            Clock.sleep(for: 100_000_000)
        }
    }

    /// Qdiscs and filters, interfaces with their addresses and neighbours; numbers of interfaces are the kernel's choice.
    private static let view = """
        tc -d qdisc show | sort
        for port in port-s port-r; do tc -d filter show dev $port parent 4: 2>&1 | grep -v '^.*index'; done
        ip -o link show | sed 's/^[0-9]*: //; s/@[^:]*//; s/link-netns.*//' | sort
        ip -o addr show | sed 's/^[0-9]*: //' | sort; ip neigh show nud permanent | sort
        ip route; ip -6 route | grep -v fe80
        cat /proc/sys/net/ipv4/tcp_congestion_control /proc/sys/net/ipv4/ip_forward
        cat /proc/sys/net/ipv6/conf/all/forwarding
        """

    private func state(in namespace: NetworkNamespace) throws -> [Substring] {
        try shell(Self.view, in: namespace).outputText.split(separator: "\n")
    }

    private func show(_ name: String) throws -> [Substring] {
        let quoted = Self.view.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        return try shell("ip netns exec \(name) sh -c '\(quoted)'").outputText.split(separator: "\n")
    }

    private func shell(_ script: String, in namespace: NetworkNamespace? = nil) throws -> ChildProcess.Result {
        var command = Command("/bin/sh", ["-c", script])
        command.namespace = namespace
        return try ChildProcess.run(command, timeout: 60_000_000_000)
    }
}
