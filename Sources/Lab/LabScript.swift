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

    private var chain: [Topology.Hop] { plan.hops.indices.map(Topology.Hop.init) }

    /// The namespaces of the sender, the routers and the receiver.
    private var nodes: [String] {
        ["netlab-sender"] + (1..<chain.count).map { "netlab-router-\($0)" } + ["netlab-receiver"]
    }

    /// Every half of every hop, the other half, and the node that it belongs to.
    private var ends: [(side: Topology.Side, other: Topology.Side, node: String)] {
        zip(chain, zip(nodes, nodes.dropFirst())).flatMap { hop, nodes in
            [(hop.sender, hop.receiver, nodes.0), (hop.receiver, hop.sender, nodes.1)]
        }
    }

    /// All of it, without a newline at the end. Needs root.
    package var text: String {
        let parts = [head, namespaces, links, shaping, bringingUp, addresses, timeline]
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var head: [String] {
        [
            "#!/bin/sh", "# The network of '\(plan.slug)', by ip, ethtool and tc instead of netlab. Needs root.",
            "# To remove it: ip netns del \(([Self.lab] + nodes).joined(separator: " && ip netns del "))",
            "set -e",
            "# iproute2 before 6.6 knows no seed; without it other packets are lost, as many of them.",
            "seed() { if tc qdisc add netem help 2>&1 | grep -q seed; then echo \"seed $1\"; fi; }",
        ]
    }

    private var namespaces: [String] {
        let names = [(Self.lab, NetworkSettings.bridges)] + nodes.map { ($0, NetworkSettings.host) }
        return names.flatMap { name, settings in
            ["ip netns add \(name)"] + (settings + NetworkSettings.tcp(plan)).map { set($0, in: name) }
        }
    }

    private func set(_ setting: NetworkSettings, in name: String) -> String {
        "ip netns exec \(name) sh -c 'echo \(setting.value) > \(setting.path)'"
    }

    private var links: [String] {
        let size = "mtu \(plan.mtu.bytes) numtxqueues 1 numrxqueues 1"
        let bridges = ends.map {
            "ip -n \(Self.lab) link add \($0.side.bridge) address \($0.side.bridgeAddress) \(size)"
                + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
        }
        let ports = ends.map { side, _, node in
            "ip -n \(Self.lab) link add \(side.port) address \(side.portAddress) \(size) type veth"
                + " peer name \(side.interface) address \(side.hostAddress) \(size) netns \(node)"
        }
        let middles = chain.map {
            "ip -n \(Self.lab) link add \($0.sender.middle) address \($0.sender.middleAddress) \(size) type veth"
                + " peer name \($0.receiver.middle) address \($0.receiver.middleAddress) \(size)"
        }
        let places =
            ends.flatMap { end in end.side.names.map { (Self.lab, $0) } } + ends.map { ($0.node, $0.side.interface) }
        return bridges + ports + middles + ["# Packets of their real size."]
            + places.map {
                "ip netns exec \($0) ethtool -K \($1) tx off rx off sg off tso off gso off gro off >/dev/null 2>&1"
            }
    }

    private var shaping: [String] {
        chain.flatMap { hop in Direction.allCases.flatMap { shaping(hop, $0) } }
    }

    private func shaping(_ hop: Topology.Hop, _ direction: Direction) -> [String] {
        let place = place(of: direction, at: hop)
        let name = plan.number(ofHop: hop.index).map { "hop \($0), " } ?? ""
        let impairment = plan.hops[hop.index][direction] ?? .clean
        let seed = place.seed(plan.seed)
        return ["# \(name)\(direction.rawValue): bottleneck, then path."]
            + place.qdiscs(of: impairment, seed: seed).map { qdisc in
                // Of the netems the path's alone has anything random.
                line(qdisc.command("add"))
                    + (qdisc.interface == place.path && qdisc.options.kind == "netem" ? " $(seed \(seed))" : "")
            } + place.filters(of: impairment, seed: plan.seed).map { line($0.command("add")) }
    }

    private var bringingUp: [String] {
        let routers = nodes.dropFirst().dropLast()
        return nodes.map { "ip -n \($0) link set lo up" }
            + ends.flatMap { side, _, node in
                [
                    "ip -n \(Self.lab) link set \(side.bridge) up",
                    "ip -n \(Self.lab) link set \(side.port) master \(side.bridge) up",
                    "ip -n \(Self.lab) link set \(side.middle) master \(side.bridge) up",
                    "ip -n \(node) link set \(side.interface) arp off"
                        + "\(routers.contains(node) ? " multicast off" : "") up",
                ]
            } + routers.flatMap { router in NetworkSettings.router(plan.ip).map { set($0, in: router) } }
    }

    private var addresses: [String] {
        let doubts = plan.ip == .v6 ? " nodad" : ""
        let own = ends.flatMap { side, other, node in
            [
                "ip -n \(node) addr add \(side.address(plan.ip))/\(Topology.prefix(plan.ip))\(doubts) dev \(side.interface)",
                "ip -n \(node) neigh add \(other.address(plan.ip)) lladdr \(other.hostAddress) dev \(side.interface)",
            ]
        }
        return own
            + Topology.routes(chain).map { route in
                "ip -n \(nodes[route.node]) route add \(route.destination.network(plan.ip))/\(Topology.prefix(plan.ip))"
                    + " via \(route.gateway.address(plan.ip)) dev \(route.interface) proto static"
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
                let shaping = place(of: direction, at: chain[0])
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
    private func place(of direction: Direction, at hop: Topology.Hop) -> Shaping {
        let places = hop.places(of: direction)
        return Shaping(
            direction: direction, hop: hop.index, bottleneck: Interface(index: 0, name: places.bottleneck),
            path: Interface(index: 0, name: places.path), mtu: plan.mtu,
            sorts: plan.impairments(of: direction, atHop: hop.index).contains(where: \.sortsPackets))
    }

    private func line(_ command: String) -> String { "tc -n \(Self.lab) " + command.dropFirst("tc ".count) }
}
