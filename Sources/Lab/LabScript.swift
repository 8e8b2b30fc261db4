package import LabModel
internal import Netlink

/// A plan's network as a shell script of `ip`, `ethtool` and `tc`, for whoever wants it without netlab: the same
/// interfaces, the same qdiscs, and the timeline as sleeps. netlab itself calls none of these.
package struct LabScript {
    private let plan: Plan

    package init(plan: Plan) {
        self.plan = plan
    }

    private static let lab = "netlab-lab"
    private static let hosts = [(Topology.sender, "netlab-sender"), (Topology.receiver, "netlab-receiver")]

    /// All of it, without a newline at the end. Needs root.
    package var text: String {
        let parts = [head, namespaces, links, shaping, bringingUp, addresses, timeline]
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var head: [String] {
        [
            "#!/bin/sh", "# The network of '\(plan.slug)', by ip, ethtool and tc instead of netlab. Needs root.",
            "# To remove it: ip netns del \(([Self.lab] + Self.hosts.map(\.1)).joined(separator: " && ip netns del "))",
            "set -e",
            "# iproute2 before 6.6 knows no seed; without it other packets are lost, as many of them.",
            "seed() { if tc qdisc add netem help 2>&1 | grep -q seed; then echo \"seed $1\"; fi; }",
        ]
    }

    private var namespaces: [String] {
        let names = [(Self.lab, NetworkSettings.bridges)] + Self.hosts.map { ($0.1, NetworkSettings.host) }
        return names.flatMap { name, settings in
            ["ip netns add \(name)"]
                + (settings + NetworkSettings.tcp(plan)).map {
                    "ip netns exec \(name) sh -c 'echo \($0.value) > \($0.path)'"
                }
        }
    }

    private var links: [String] {
        let size = "mtu \(Topology.mtu) numtxqueues 1 numrxqueues 1"
        let sides = Self.hosts.map(\.0)
        let bridges = sides.map {
            "ip -n \(Self.lab) link add \($0.bridge) address \($0.bridgeAddress) \(size)"
                + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
        }
        let ports = Self.hosts.map { side, name in
            "ip -n \(Self.lab) link add \(side.port) address \(side.portAddress) \(size) type veth"
                + " peer name \(Topology.hostInterface) address \(side.hostAddress) \(size) netns \(name)"
        }
        let middle =
            "ip -n \(Self.lab) link add \(sides[0].middle) address \(sides[0].middleAddress) \(size) type veth"
            + " peer name \(sides[1].middle) address \(sides[1].middleAddress) \(size)"
        let ends = Self.hosts.map { ($1, Topology.hostInterface) }
        let offloads = sides.flatMap { side in side.names.map { (Self.lab, $0) } } + ends
        return bridges + ports + [middle, "# Packets of their real size."]
            + offloads.map {
                "ip netns exec \($0) ethtool -K \($1) tx off rx off sg off tso off gso off gro off >/dev/null 2>&1"
            }
    }

    private var shaping: [String] {
        Direction.allCases.flatMap { direction in
            let seed = Shaping.seed(plan.seed, direction)
            let path = place(of: direction).path
            return ["# The \(direction.rawValue): bottleneck, then path."]
                + place(of: direction).qdiscs(of: plan.impairment(of: direction), seed: seed).map { qdisc in
                    // Of the netems the path's alone has anything random.
                    line(qdisc.command("add"))
                        + (qdisc.interface == path && qdisc.options.kind == "netem" ? " $(seed \(seed))" : "")
                }
                + place(of: direction).filters(of: plan.impairment(of: direction), seed: plan.seed).map {
                    line($0.command("add"))
                }
        }
    }

    private var bringingUp: [String] {
        Self.hosts.flatMap { side, name in
            [
                "ip -n \(Self.lab) link set \(side.bridge) up",
                "ip -n \(Self.lab) link set \(side.port) master \(side.bridge) up",
                "ip -n \(Self.lab) link set \(side.middle) master \(side.bridge) up",
                "ip -n \(name) link set lo up", "ip -n \(name) link set \(Topology.hostInterface) arp off up",
            ]
        }
    }

    private var addresses: [String] {
        zip(Self.hosts, Self.hosts.reversed()).flatMap { own, other in
            let place = "dev \(Topology.hostInterface)"
            return [
                "ip -n \(own.1) addr add \(own.0.host.ipv4)/\(HostAddress.ipv4Prefix) \(place)",
                "ip -n \(own.1) addr add \(own.0.host.ipv6)/\(HostAddress.ipv6Prefix) nodad \(place)",
                "ip -n \(own.1) neigh add \(other.0.host.ipv4) lladdr \(other.0.hostAddress) \(place)",
                "ip -n \(own.1) neigh add \(other.0.host.ipv6) lladdr \(other.0.hostAddress) \(place)",
            ]
        }
    }

    private var timeline: [String] {
        var lines = ["# The stream begins here."]
        var current = plan.link
        var passed = TimeSpan.zero
        for change in plan.timeline {
            lines.append("sleep \((change.at - passed).seconds)")
            passed = change.at
            for direction in Direction.allCases {
                guard let impairment = change.impairments[direction] else { continue }
                let shaping = place(of: direction)
                let before = Set(shaping.qdiscs(of: current[direction] ?? .clean, seed: nil))
                let changed = shaping.qdiscs(of: impairment, seed: nil).filter { !before.contains($0) }
                let filters = shaping.filterChanges(
                    from: current[direction] ?? .clean, to: impairment, seed: plan.seed)
                lines += changed.map { line($0.command("change")) }
                lines += filters.obsolete.map { line($0.command("del")) }
                lines += filters.new.map { line($0.command("replace")) }
                if impairment.carrier != current[direction]?.carrier, direction == .downlink {
                    lines.append("ip -n \(Self.lab) link set \(shaping.bottleneck.name) \(impairment.carrier.rawValue)")
                }
                current[direction] = impairment
            }
        }
        return lines
    }

    /// In the script interfaces have no number, only names.
    private func place(of direction: Direction) -> Shaping {
        let hops = Topology.hops(of: direction)
        return Shaping(
            direction: direction, bottleneck: Interface(index: 0, name: hops.bottleneck),
            path: Interface(index: 0, name: hops.path),
            sorts: plan.impairments(of: direction).contains(where: \.sortsPackets))
    }

    private func line(_ command: String) -> String { "tc -n \(Self.lab) " + command.dropFirst("tc ".count) }
}
