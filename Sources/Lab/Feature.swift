internal import LabModel
internal import LinuxKit
internal import Netlink

/// One thing that a kernel has or has not, and how to find out.
struct Feature: Sendable {
    let name: String
    let option: String?
    /// Throws where it is missing. Runs in an empty namespace, after the features before it.
    let attempt: @Sendable (NetlinkSocket) throws -> Void

    /// What is missing, if it is.
    func tried(_ socket: NetlinkSocket) -> MissingFeature? {
        do {
            try attempt(socket)
            return nil
        } catch let error as NetlinkError where error.errno == .notPermitted {
            return MissingFeature(name, reason: "\(error)")
        } catch {
            return MissingFeature(name, option: option, reason: "\(error)")
        }
    }

    /// A pair of interfaces, at one of which the qdiscs are tried.
    static let veth = Feature(name: "veth", option: "CONFIG_VETH") { socket in
        try socket.addVeth(
            VethEnd(scratch, EthernetAddress(local: 1)), VethEnd("scratch-peer", EthernetAddress(local: 2)),
            mtu: Int(ByteCount.ethernetMTU.bytes))
    }

    static let netem = qdisc(
        "sch_netem", "CONFIG_NET_SCH_NETEM", .netem(Netem(limit: 1, delay: .microseconds(1))))

    static func links(_ congestionControl: String) -> [Feature] {
        [veth, bridge, settings, ipv6, tcp(congestionControl)]
    }

    /// Every qdisc of the plan's link and timeline, each tried where the lab has it.
    static func qdiscs(of plan: Plan) -> [Feature] {
        let impairments = plan.hops.indices.flatMap { hop in
            Direction.allCases.flatMap { plan.impairments(of: $0, atHop: hop) }
        }
        let shapers = Set(impairments.filter { !$0.queue.shapes }.map(\.shaper))
        var queues: [String: QueueDiscipline] = [:]
        for impairment in impairments { queues[impairment.queue.kind] = impairment.queue }
        return [netem] + Shaper.allCases.filter(shapers.contains).map(shaper)
            + queues.sorted { $0.key < $1.key }.map { queue($0.value) } + flows(impairments)
    }

    static let scratch = "scratch"

    private static let bridge = Feature(name: "bridge", option: "CONFIG_BRIDGE") { socket in
        try socket.addBridge("scratch-bridge", EthernetAddress(local: 3), mtu: Int(ByteCount.ethernetMTU.bytes))
    }

    // Linux before 7.3 calls it CONFIG_PROC_SYSCTL.
    private static let settings = Feature(name: "/proc/sys", option: "CONFIG_SYSCTL") { _ in
        _ = try File.readText("/proc/sys/net/ipv4/tcp_congestion_control")
    }

    private static let ipv6 = Feature(name: "IPv6", option: "CONFIG_IPV6") { _ in
        _ = try File.readText("/proc/sys/net/ipv6/conf/default/disable_ipv6")
    }

    private static func tcp(_ congestionControl: String) -> Feature {
        let option = "CONFIG_TCP_CONG_" + congestionControl.uppercased()
        return Feature(name: "congestion control \(congestionControl)", option: option) { _ in
            try NetworkSettings(name: "net.ipv4.tcp_congestion_control", value: congestionControl).apply()
        }
    }

    private static func shaper(_ shaper: Shaper) -> Feature {
        let rate = Rate(bitsPerSecond: 1_000_000)
        let burst = ByteCount.largestFrame
        let options: Qdisc.Options =
            switch shaper {
            case .tbf: .tokenBucket(TokenBucket(rate: rate, burst: burst, limit: UInt32(burst.bytes)))
            case .htb: .htb(default: 1)
            }
        return qdisc("sch_\(shaper.rawValue)", "CONFIG_NET_SCH_\(shaper.rawValue.uppercased())", options)
    }

    static func qdisc(_ name: String, _ option: String, _ options: Qdisc.Options) -> Feature {
        Feature(name: name, option: option) { socket in
            let interface = try InterfaceTable(socket)[scratch]
            let qdisc = Qdisc(on: interface, handle: QdiscHandle(1), parent: .root, options)
            try socket.add(qdisc)
            try socket.delete(qdisc)
        }
    }
}
