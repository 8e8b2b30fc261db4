package import Netlink

/// One request to the kernel, which `tc(8)` or `ip(8)` could make as well.
package enum ShapeStep: Sendable {
    case addIfb(String)
    case bringUp(String)
    case addIngress(Interface)
    case redirect(from: Interface, to: String)
    case add(Qdisc)
    /// In place of what hangs there.
    case replace(Qdisc)
    case deleteRedirection(Interface)
    case deleteQdisc(at: QdiscHandle, of: Interface)
    case deleteLink(String)
    /// A qdisc or class as it was before.
    case restore(QdiscRecord, on: Interface)

    /// What a shell can run; of a restored qdisc, which only the kernel's own bytes describe, a comment.
    package var command: String {
        switch self {
        case .addIfb(let name): "ip link add \(name) numtxqueues 1 type ifb"
        case .bringUp(let name): "ip link set dev \(name) up"
        case .addIngress(let interface): "tc qdisc add dev \(TcWords.quoted(interface.name)) handle ffff: ingress"
        case .redirect(let from, let name): Self.redirection(from, Interface(index: 0, name: name)).command
        case .add(let qdisc): qdisc.command("add")
        case .replace(let qdisc): qdisc.command("replace")
        case .deleteRedirection(let interface):
            "tc filter del dev \(TcWords.quoted(interface.name)) parent ffff: protocol all prio \(ShapeMark.priority)"
        case .deleteQdisc(let place, let interface):
            "tc qdisc del dev \(TcWords.quoted(interface.name)) \(place == .arrivals ? "ingress" : "root")"
        case .deleteLink(let name): "ip link del dev \(name)"
        case .restore(let record, let interface):
            "# put back \(record.kind) \(record.handle) at \(interface.name) with the options it had"
        }
    }

    /// Makes the request. Requires CAP_NET_ADMIN.
    func perform(_ socket: NetlinkSocket) throws(NetlinkError) {
        switch self {
        case .addIfb(let name): try socket.addIfb(name)
        case .bringUp(let name): try socket.bringUp(Self.find(name, socket), resolves: false)
        case .addIngress(let interface): try socket.addIngress(to: interface)
        case .redirect(let from, let name): try socket.add(Self.redirection(from, Self.find(name, socket)))
        case .add(let qdisc): try socket.add(Self.located(qdisc, socket))
        case .replace(let qdisc): try socket.replace(Self.located(qdisc, socket))
        case .deleteRedirection(let interface):
            try socket.deleteArrivalFilters(ShapeMark.priority, of: interface)
        case .deleteQdisc(let place, let interface): try socket.deleteQdisc(at: place, of: interface)
        case .deleteLink(let name): try socket.deleteLink(Self.find(name, socket))
        case .restore(let record, let interface): try socket.restore(record, on: interface)
        }
    }

    /// What it makes, where that is a qdisc of netlab's.
    var qdisc: Qdisc? {
        switch self {
        case .add(let qdisc), .replace(let qdisc): qdisc
        default: nil
        }
    }

    private static func redirection(_ from: Interface, _ to: Interface) -> Redirection {
        Redirection(from: from, to: to, priority: ShapeMark.priority, cookie: ShapeMark.cookie)
    }

    /// An interface of netlab's own has no number before it is made.
    static func located(_ qdisc: Qdisc, _ socket: NetlinkSocket) throws(NetlinkError) -> Qdisc {
        guard qdisc.interface.index == 0 else { return qdisc }
        var qdisc = qdisc
        qdisc.interface = try find(qdisc.interface.name, socket)
        return qdisc
    }

    static func find(_ name: String, _ socket: NetlinkSocket) throws(NetlinkError) -> Interface {
        guard let state = try socket.interfaces().first(where: { $0.interface.name == name }) else {
            throw NetlinkError(operation: "find", object: name, errno: .noSuchDevice)
        }
        return state.interface
    }
}
