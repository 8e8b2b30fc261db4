internal import CNetlink
internal import Glibc

/// Addresses and neighbours: `RTM_NEWADDR`, `RTM_NEWNEIGH` (rtnetlink(7)). Require CAP_NET_ADMIN.
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
