internal import LabModel
internal import Netlink

/// The names and addresses of every lab.
///
/// ```
///  sender ns          lab ns                                                     receiver ns
///  [eth0]==[port-s] br-s [mid-s]==veth==[mid-r] br-r [port-r]==[eth0]
///  downlink --->   bottleneck at mid-s's egress      path at port-r's egress
///  uplink   <---   path at port-s's egress           bottleneck at mid-r's egress
/// ```
///
/// Bottleneck and path are two hops, because netem under a token bucket makes the bucket's queue limit void, and delays
/// packets before they reach the bottleneck.
enum Topology {
    static let hostInterface = "eth0"

    /// Largest packet without the Ethernet header, bytes.
    static let mtu = 1500

    /// Half of the link: what belongs to one host.
    struct Side {
        let port: String
        let bridge: String
        let middle: String
        let host: HostAddress
        /// The last byte of the first of this side's four Ethernet addresses.
        let firstAddress: UInt8

        var hostAddress: EthernetAddress { EthernetAddress(local: firstAddress) }
        var portAddress: EthernetAddress { EthernetAddress(local: firstAddress + 1) }
        var bridgeAddress: EthernetAddress { EthernetAddress(local: firstAddress + 2) }
        var middleAddress: EthernetAddress { EthernetAddress(local: firstAddress + 3) }

        var names: [String] { [port, bridge, middle] }
    }

    static let sender = Side(
        port: "port-s", bridge: "br-s", middle: "mid-s",
        host: HostAddress(ipv4: "10.77.0.1", ipv6: "fd77::1"), firstAddress: 0x10)
    static let receiver = Side(
        port: "port-r", bridge: "br-r", middle: "mid-r",
        host: HostAddress(ipv4: "10.77.0.2", ipv6: "fd77::2"), firstAddress: 0x20)

    /// Where the bottleneck and the path of a direction are: the interfaces at whose egress they stand.
    static func hops(of direction: Direction) -> (bottleneck: String, path: String) {
        switch direction {
        case .downlink: (sender.middle, receiver.port)
        case .uplink: (receiver.middle, sender.port)
        }
    }
}
