internal import CNetlink
internal import Glibc

/// Addresses, neighbours and routes: `RTM_NEWADDR`, `RTM_NEWNEIGH`, `RTM_NEWROUTE` (rtnetlink(7)). Require CAP_NET_ADMIN.
extension NetlinkSocket {
    /// Gives an interface an address of a network of `prefix` bits. IPv6 is usable at once: duplicates are not looked
    /// for.
    package func addAddress(
        _ address: InternetAddress, prefix: UInt8, to interface: Interface
    ) throws(NetlinkError) {
        try perform(
            "give", "\(address) to \(interface.name)", Self.addressRequest(address, prefix: prefix, to: interface))
    }

    /// Says for good which Ethernet address a neighbour has, so that nothing has to be asked on the wire.
    package func addNeighbour(
        _ address: InternetAddress, at ethernet: EthernetAddress, on interface: Interface
    ) throws(NetlinkError) {
        let message = Message(
            RTM_NEWNEIGH, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE)
        var header = ndmsg()
        header.ndm_family = address.family
        header.ndm_ifindex = interface.index
        header.ndm_state = UInt16(NUD_PERMANENT)
        message.append(header)
        message.put(NDA_DST, bytes: address.bytes)
        message.put(NDA_LLADDR, bytes: ethernet.bytes)
        try perform("name", "neighbour \(address) on \(interface.name)", message)
    }

    /// Says by which neighbour a network of `prefix` bits is reached.
    package func addRoute(
        to network: InternetAddress, prefix: UInt8, via gateway: InternetAddress, on interface: Interface
    ) throws(NetlinkError) {
        try perform(
            "route", "\(network)/\(prefix) over \(gateway) on \(interface.name)",
            Self.routeRequest(to: network, prefix: prefix, via: gateway, on: interface))
    }

    static func routeRequest(
        to network: InternetAddress, prefix: UInt8, via gateway: InternetAddress, on interface: Interface
    ) -> Message {
        let message = Message(RTM_NEWROUTE, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        var header = rtmsg()
        header.rtm_family = network.family
        header.rtm_dst_len = prefix
        header.rtm_table = UInt8(RT_TABLE_MAIN.rawValue)
        header.rtm_protocol = UInt8(RTPROT_STATIC)
        header.rtm_scope = UInt8(RT_SCOPE_UNIVERSE.rawValue)
        header.rtm_type = UInt8(RTN_UNICAST)
        message.append(header)
        message.put(Int(RTA_DST.rawValue), bytes: network.bytes)
        message.put(Int(RTA_GATEWAY.rawValue), bytes: gateway.bytes)
        message.put(Int(RTA_OIF.rawValue), interface.index)
        return message
    }

    static func addressRequest(_ address: InternetAddress, prefix: UInt8, to interface: Interface) -> Message {
        let message = Message(RTM_NEWADDR, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        var header = ifaddrmsg()
        header.ifa_family = address.family
        header.ifa_prefixlen = prefix
        header.ifa_flags = UInt8(IFA_F_PERMANENT | IFA_F_NODAD)
        header.ifa_index = UInt32(interface.index)
        message.append(header)
        message.put(IFA_LOCAL, bytes: address.bytes)
        message.put(IFA_ADDRESS, bytes: address.bytes)
        return message
    }
}
