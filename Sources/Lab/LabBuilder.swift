internal import LabModel
internal import LinuxKit
internal import Netlink

/// Builds one lab, step by step, and remembers what it made.
struct LabBuilder {
    private let namespace: NetworkNamespace
    private let socket: NetlinkSocket
    private var made: Set<String> = []

    /// In the namespace of the calling thread.
    init() throws {
        namespace = try NetworkNamespace.current()
        socket = try NetlinkSocket.open()
    }

    mutating func build(_ plan: Plan) throws -> Lab {
        try prepare(namespace, NetworkSettings.bridges + NetworkSettings.tcp(plan))
        // Bridges first: an interface whose number is that of its peer in another namespace waits a second until
        // `linkwatch` cares for its carrier, and the hosts' are the first of their namespaces.
        try addBridges()
        let sender = try makeHost(Topology.sender, plan)
        let receiver = try makeHost(Topology.receiver, plan)
        try addMiddle()
        let interfaces = try InterfaceTable(socket)
        for side in [Topology.sender, Topology.receiver] {
            for name in side.names { try Offloads.turnOff(interfaces[name]) }
        }
        let shapings = try shape(plan, interfaces)
        try bringUp(interfaces)
        let sockets = try [sender, receiver].map { try NetlinkSocket.open(in: $0.namespace) }
        for (host, socket) in zip([sender, receiver], sockets) { try bringUp(host, socket) }
        try Self.awaitCarriers([socket] + sockets)
        try connect(sockets[0], Topology.sender, to: Topology.receiver)
        try connect(sockets[1], Topology.receiver, to: Topology.sender)
        return Lab(sender: sender, receiver: receiver, socket: socket, shapings: shapings, plan: plan)
    }

    /// Removes from this namespace what was made, and only that.
    func remove() {
        let interfaces = (try? socket.interfaces()) ?? []
        for state in interfaces where made.contains(state.interface.name) {
            try? socket.deleteLink(state.interface)
        }
    }

    private mutating func addBridges() throws {
        for side in [Topology.sender, Topology.receiver] {
            try socket.addBridge(side.bridge, side.bridgeAddress, mtu: Topology.mtu)
            made.insert(side.bridge)
        }
    }

    private mutating func makeHost(_ side: Topology.Side, _ plan: Plan) throws -> LabHost {
        let host = try NetworkNamespace.make()
        try prepare(host, NetworkSettings.host + NetworkSettings.tcp(plan))
        try addVeth(
            VethEnd(side.port, side.portAddress), VethEnd(Topology.hostInterface, side.hostAddress, in: host))
        return LabHost(namespace: host, interface: Topology.hostInterface, address: side.host)
    }

    private mutating func addMiddle() throws {
        try addVeth(
            VethEnd(Topology.sender.middle, Topology.sender.middleAddress),
            VethEnd(Topology.receiver.middle, Topology.receiver.middleAddress))
    }

    private mutating func addVeth(_ end: VethEnd, _ peer: VethEnd) throws {
        try socket.addVeth(end, peer, mtu: Topology.mtu)
        // The other end goes with this one.
        made.insert(end.name)
    }

    private func shape(_ plan: Plan, _ interfaces: InterfaceTable) throws -> [Shaping] {
        try Direction.allCases.map { direction in
            let hops = Topology.hops(of: direction)
            let shaping = try Shaping(
                direction: direction, bottleneck: interfaces[hops.bottleneck], path: interfaces[hops.path],
                sorts: plan.impairments(of: direction).contains(where: \.sortsPackets))
            let impairment = plan.impairment(of: direction)
            for qdisc in shaping.qdiscs(of: impairment, seed: Shaping.seed(plan.seed, direction)) {
                try socket.add(qdisc)
            }
            for filter in shaping.filters(of: impairment, seed: plan.seed) { try socket.put(filter) }
            return shaping
        }
    }

    private func bringUp(_ interfaces: InterfaceTable) throws {
        for side in [Topology.sender, Topology.receiver] {
            try socket.bringUp(interfaces[side.bridge])
            try socket.bringUp(interfaces[side.port], portOf: interfaces[side.bridge])
            try socket.bringUp(interfaces[side.middle], portOf: interfaces[side.bridge])
        }
    }

    private func bringUp(_ host: LabHost, _ socket: NetlinkSocket) throws {
        let interfaces = try InterfaceTable(socket)
        let interface = try interfaces[host.interface]
        try host.namespace.inside { try Offloads.turnOff(interface) }
        try socket.bringUp(interfaces["lo"])
        // Nothing resolves addresses, so that no packet but the run's own takes a number of the seeded loss.
        try socket.bringUp(interface, resolves: false)
    }

    /// Gives a host its addresses and tells it where the other is.
    private func connect(_ socket: NetlinkSocket, _ side: Topology.Side, to other: Topology.Side) throws {
        let interface = try InterfaceTable(socket)[Topology.hostInterface]
        for (own, theirs, prefix) in try side.host.pairs(with: other.host) {
            try socket.addAddress(own, prefix: prefix, to: interface)
            try socket.addNeighbour(theirs, at: other.hostAddress, on: interface)
        }
    }

    private func prepare(_ namespace: NetworkNamespace, _ settings: [NetworkSettings]) throws {
        try namespace.inside {
            for setting in settings { try setting.apply() }
        }
    }

    /// Waits until every interface that is up runs and every bridge port passes packets, which the kernel sees to on a
    /// thread of its own (`linkwatch`): a packet sent before is lost. The addresses are given afterwards because that
    /// waits for the lock that `linkwatch` holds, and so for the end of its work.
    static func awaitCarriers(_ sockets: [NetlinkSocket]) throws {
        let deadline = Clock.monotonic() + 5_000_000_000
        while true {
            let waiting = try sockets.flatMap { try $0.interfaces() }.filter {
                $0.isUp && (!$0.isRunning || $0.isForwarding == false)
            }
            if waiting.isEmpty { return }
            if Clock.monotonic() > deadline { throw LabError.notReady(waiting.map(\.interface.name)) }
            Clock.sleep(for: 200_000)
        }
    }
}

/// The interfaces of a namespace by their names.
struct InterfaceTable {
    private let interfaces: [String: Interface]

    init(_ socket: NetlinkSocket) throws(NetlinkError) {
        let all = try socket.interfaces().map(\.interface)
        interfaces = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Interface {
        get throws(NetlinkError) {
            guard let interface = interfaces[name] else {
                throw NetlinkError(operation: "find", object: name, errno: .noSuchDevice)
            }
            return interface
        }
    }
}

extension HostAddress {
    fileprivate func pairs(with other: HostAddress) throws -> [(InternetAddress, InternetAddress, UInt8)] {
        try [(ipv4, other.ipv4, Self.ipv4Prefix), (ipv6, other.ipv6, Self.ipv6Prefix)].map { own, theirs, prefix in
            guard let own = InternetAddress(own), let theirs = InternetAddress(theirs) else {
                throw LabError.other("no address: \(own), \(theirs)")
            }
            return (own, theirs, prefix)
        }
    }
}
