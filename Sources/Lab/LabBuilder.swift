internal import LabModel
internal import LinuxKit
internal import Netlink

/// Builds one lab, step by step, and remembers what it made.
struct LabBuilder {
    private let plan: Plan
    private let chain: [Topology.Hop]
    private let namespace: NetworkNamespace
    private let socket: NetlinkSocket
    private var made: Set<String> = []

    /// In the namespace of the calling thread.
    init(_ plan: Plan) throws {
        self.plan = plan
        chain = plan.hops.indices.map(Topology.Hop.init)
        namespace = try NetworkNamespace.current()
        socket = try NetlinkSocket.open()
    }

    mutating func build() throws -> Lab {
        try prepare(namespace, NetworkSettings.bridges + NetworkSettings.tcp(plan))
        // Bridges first: an interface whose number is that of its peer in another namespace waits a second until
        // `linkwatch` cares for its carrier, and the nodes' are the first of their namespaces.
        for hop in chain { try addBridges(hop) }
        let nodes = try (0...chain.count).map { _ in try makeNode() }
        for hop in chain { try addPorts(hop, nodes) }
        for hop in chain { try addMiddle(hop) }
        let interfaces = try InterfaceTable(socket)
        for side in chain.flatMap(\.sides) {
            for name in side.names { try Offloads.turnOff(interfaces[name]) }
        }
        let shapings = try chain.flatMap { try shape($0, interfaces) }
        for side in chain.flatMap(\.sides) { try bringUp(side, interfaces) }
        for (index, node) in nodes.enumerated() { try bringUp(node, isRouter: (1..<chain.count).contains(index)) }
        try Self.awaitCarriers([socket] + nodes.map(\.socket))
        for hop in chain {
            try connect(nodes[hop.index], hop.sender, to: hop.receiver)
            try connect(nodes[hop.index + 1], hop.receiver, to: hop.sender)
        }
        try route(nodes)
        return Lab(
            hops: chain.map { ends(of: $0, nodes) }, nodes: nodes, socket: socket, shapings: shapings, plan: plan)
    }

    /// Removes from this namespace what was made, and only that.
    func remove() {
        let interfaces = (try? socket.interfaces()) ?? []
        for state in interfaces where made.contains(state.interface.name) {
            try? socket.deleteLink(state.interface)
        }
    }

    private mutating func addBridges(_ hop: Topology.Hop) throws {
        for side in hop.sides {
            try socket.addBridge(side.bridge, side.bridgeAddress, mtu: Int(plan.mtu.bytes))
            made.insert(side.bridge)
        }
    }

    private func makeNode() throws -> LabNode {
        let namespace = try NetworkNamespace.make()
        try prepare(namespace, NetworkSettings.host + NetworkSettings.tcp(plan))
        return LabNode(namespace: namespace, socket: try NetlinkSocket.open(in: namespace))
    }

    private mutating func addPorts(_ hop: Topology.Hop, _ nodes: [LabNode]) throws {
        for (side, node) in zip(hop.sides, nodes[hop.index...]) {
            try addVeth(
                VethEnd(side.port, side.portAddress), VethEnd(side.interface, side.hostAddress, in: node.namespace))
        }
    }

    private mutating func addMiddle(_ hop: Topology.Hop) throws {
        try addVeth(
            VethEnd(hop.sender.middle, hop.sender.middleAddress),
            VethEnd(hop.receiver.middle, hop.receiver.middleAddress))
    }

    private mutating func addVeth(_ end: VethEnd, _ peer: VethEnd) throws {
        try socket.addVeth(end, peer, mtu: Int(plan.mtu.bytes))
        // The other end goes with this one.
        made.insert(end.name)
    }

    private func shape(_ hop: Topology.Hop, _ interfaces: InterfaceTable) throws -> [Shaping] {
        try Direction.allCases.map { direction in
            let places = hop.places(of: direction)
            let shaping = try Shaping(
                direction: direction, hop: hop.index, bottleneck: interfaces[places.bottleneck],
                path: interfaces[places.path], mtu: plan.mtu,
                sorts: plan.impairments(of: direction, atHop: hop.index).contains(where: \.sortsPackets))
            let impairment = plan.hops[hop.index][direction] ?? .clean
            for qdisc in shaping.qdiscs(of: impairment, seed: shaping.seed(plan.seed)) { try socket.add(qdisc) }
            for filter in shaping.filters(of: impairment, seed: plan.seed) { try socket.put(filter) }
            return shaping
        }
    }

    private func bringUp(_ side: Topology.Side, _ interfaces: InterfaceTable) throws {
        try socket.bringUp(interfaces[side.bridge])
        try socket.bringUp(interfaces[side.port], portOf: interfaces[side.bridge])
        try socket.bringUp(interfaces[side.middle], portOf: interfaces[side.bridge])
    }

    private func bringUp(_ node: LabNode, isRouter: Bool) throws {
        for state in try node.socket.interfaces() {
            let interface = state.interface
            // Loopback has no kind.
            guard state.kind != nil else {
                try node.socket.bringUp(interface)
                continue
            }
            try node.namespace.inside { try Offloads.turnOff(interface) }
            // Nothing resolves addresses, so that no packet but the run's own takes a number of the seeded loss; and a
            // router would report the groups that it joins as one.
            try node.socket.bringUp(interface, resolves: false, joinsGroups: !isRouter)
        }
        if isRouter { try prepare(node.namespace, NetworkSettings.router(plan.ip)) }
    }

    /// Gives a node the address of one of its interfaces and tells it where the hop's other end is.
    private func connect(_ node: LabNode, _ side: Topology.Side, to other: Topology.Side) throws {
        let interface = try InterfaceTable(node.socket)[side.interface]
        try node.socket.addAddress(
            address(side.address(plan.ip)), prefix: Topology.prefix(plan.ip), to: interface)
        try node.socket.addNeighbour(address(other.address(plan.ip)), at: other.hostAddress, on: interface)
    }

    private func route(_ nodes: [LabNode]) throws {
        for route in Topology.routes(chain) {
            let socket = nodes[route.node].socket
            try socket.addRoute(
                to: address(route.destination.network(plan.ip)), prefix: Topology.prefix(plan.ip),
                via: address(route.gateway.address(plan.ip)), on: InterfaceTable(socket)[route.interface])
        }
    }

    private func ends(of hop: Topology.Hop, _ nodes: [LabNode]) -> LabHop {
        let hosts = zip(hop.sides, nodes[hop.index...]).map { side, node in
            LabHost(namespace: node.namespace, interface: side.interface, address: side.address(plan.ip))
        }
        return LabHop(sender: hosts[0], receiver: hosts[1])
    }

    private func address(_ text: String) throws -> InternetAddress {
        guard let address = InternetAddress(text) else { throw LabError.other("no address: \(text)") }
        return address
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
