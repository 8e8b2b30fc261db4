internal import CNetlink
internal import Glibc
package import LinuxKit

/// One end of a pair of virtual Ethernet interfaces that is to be made.
package struct VethEnd: Sendable {
    package var name: String
    package var address: EthernetAddress
    /// Where the end is to be; `nil` is the namespace of the socket.
    package var namespace: NetworkNamespace?

    package init(_ name: String, _ address: EthernetAddress, in namespace: NetworkNamespace? = nil) {
        self.name = name
        self.address = address
        self.namespace = namespace
    }
}

/// Links: `RTM_NEWLINK`, `RTM_DELLINK`, `RTM_GETLINK` (rtnetlink(7)). Changes require CAP_NET_ADMIN.
extension NetlinkSocket {
    /// Makes two connected interfaces with one transmit and one receive queue each, both down.
    package func addVeth(_ end: VethEnd, _ peer: VethEnd, mtu: Int) throws(NetlinkError) {
        let message = Self.vethRequest(end, peer, mtu: mtu)
        try addLink("veth", named: end.name, message)
    }

    /// Makes a bridge that forwards at once and speaks no protocol of its own: no spanning tree, no forward delay, no
    /// multicast snooping.
    package func addBridge(_ name: String, _ address: EthernetAddress, mtu: Int) throws(NetlinkError) {
        try addLink("bridge", named: name, Self.bridgeRequest(name, address, mtu: mtu))
    }

    /// Removes an interface; of a pair both ends go.
    package func deleteLink(_ interface: Interface) throws(NetlinkError) {
        let message = Message(RTM_DELLINK, flags: NLM_F_REQUEST | NLM_F_ACK)
        message.append(ifinfomsg(index: interface.index))
        try perform("delete", interface.name, message)
    }

    /// Brings an interface up, and first makes it a port of `bridge` if there is one. `resolves: false` takes address
    /// resolution (ARP, neighbour discovery) from it, `joinsGroups: false` multicast.
    package func bringUp(
        _ interface: Interface, portOf bridge: Interface? = nil, resolves: Bool = true, joinsGroups: Bool = true
    ) throws(NetlinkError) {
        let message = Message(RTM_NEWLINK, flags: NLM_F_REQUEST | NLM_F_ACK)
        var header = ifinfomsg(index: interface.index)
        header.ifi_flags = cnetlink_flag_up | (resolves ? 0 : cnetlink_flag_no_arp)
        header.ifi_change =
            cnetlink_flag_up | cnetlink_flag_no_arp | (joinsGroups ? 0 : cnetlink_flag_multicast)
        message.append(header)
        if let bridge { message.put(IFLA_MASTER, bridge.index) }
        try perform("bring up", interface.name, message)
    }

    /// Takes an interface down: what its qdiscs hold is lost, and the other end of a pair loses its carrier.
    package func takeDown(_ interface: Interface) throws(NetlinkError) {
        let message = Message(RTM_NEWLINK, flags: NLM_F_REQUEST | NLM_F_ACK)
        var header = ifinfomsg(index: interface.index)
        header.ifi_change = cnetlink_flag_up
        message.append(header)
        try perform("take down", interface.name, message)
    }

    /// Every interface of the namespace.
    package func interfaces() throws(NetlinkError) -> [InterfaceState] {
        let message = Message(RTM_GETLINK, flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(ifinfomsg(index: 0))
        return try exchange("list", "interfaces", message).compactMap(InterfaceState.init)
    }

    private func addLink(
        _ kind: String, named name: String, _ message: borrowing Message
    ) throws(NetlinkError) {
        do throws(NetlinkError) {
            try perform("add \(kind)", name, message)
        } catch  where error.errno == .notSupported {
            throw error.explained(as: "kernel has no \(kind)")
        }
    }

    static func vethRequest(_ end: VethEnd, _ peer: VethEnd, mtu: Int) -> Message {
        let message = newLink(end, mtu: mtu)
        message.nest(IFLA_LINKINFO) { information in
            information.put(IFLA_INFO_KIND, text: "veth")
            information.nest(IFLA_INFO_DATA) { data in
                data.nest(VETH_INFO_PEER) { data in
                    data.append(ifinfomsg(index: 0))
                    put(peer, mtu: mtu, into: data)
                }
            }
        }
        return message
    }

    static func bridgeRequest(_ name: String, _ address: EthernetAddress, mtu: Int) -> Message {
        let message = newLink(VethEnd(name, address), mtu: mtu)
        message.nest(IFLA_LINKINFO) { information in
            information.put(IFLA_INFO_KIND, text: "bridge")
            information.nest(IFLA_INFO_DATA) { data in
                data.put(IFLA_BR_STP_STATE, UInt32(0))
                data.put(IFLA_BR_FORWARD_DELAY, UInt32(0))
                data.put(IFLA_BR_MCAST_SNOOPING, UInt8(0))
            }
        }
        return message
    }

    private static func newLink(_ end: VethEnd, mtu: Int) -> Message {
        let message = Message(
            RTM_NEWLINK, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        message.append(ifinfomsg(index: 0))
        put(end, mtu: mtu, into: message)
        return message
    }

    private static func put(_ end: VethEnd, mtu: Int, into message: borrowing Message) {
        message.put(IFLA_IFNAME, text: end.name)
        message.put(IFLA_ADDRESS, bytes: end.address.bytes)
        message.put(IFLA_MTU, UInt32(mtu))
        // The kernel's default is a queue for each processor, which would make the lab differ from host to host.
        message.put(IFLA_NUM_TX_QUEUES, UInt32(1))
        message.put(IFLA_NUM_RX_QUEUES, UInt32(1))
        if let namespace = end.namespace { message.put(IFLA_NET_NS_FD, namespace.raw) }
    }
}

extension ifinfomsg {
    fileprivate init(index: Int32) {
        self.init()
        ifi_family = UInt8(AF_UNSPEC)
        ifi_index = index
    }
}

extension InterfaceState {
    fileprivate init?(_ reply: Reply) {
        guard let (header, attributes) = reply.parts(ifinfomsg.self),
            let name = attributes.text(IFLA_IFNAME)
        else { return nil }
        let information = attributes.nested(IFLA_LINKINFO)
        let port = information.nested(IFLA_INFO_SLAVE_DATA)
        interface = Interface(index: header.ifi_index, name: name)
        kind = information.text(IFLA_INFO_KIND)
        mtu = Int(attributes.value(IFLA_MTU, as: UInt32.self) ?? 0)
        isUp = header.ifi_flags & cnetlink_flag_up != 0
        // IFF_RUNNING is set as well before the kernel has looked at the carrier for the first time (IF_OPER_UNKNOWN),
        // when packets still go nowhere. Loopback has no other state.
        let isKnownToRun = attributes.value(IFLA_OPERSTATE, as: UInt8.self) == cnetlink_operational
        isRunning = isKnownToRun || kind == nil && header.ifi_flags & cnetlink_flag_running != 0
        isForwarding = port.value(IFLA_BRPORT_STATE, as: UInt8.self).map {
            $0 == cnetlink_bridge_port_forwards
        }
        address = attributes.bytes(IFLA_ADDRESS).flatMap(EthernetAddress.init)
    }
}
