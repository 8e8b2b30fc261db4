internal import LabModel
internal import Netlink

/// The names and addresses of every lab: a chain of hops, as often as not of one.
///
/// ```
///  sender ns          lab ns                                                     receiver ns
///  [eth0]==[port-s] br-s [mid-s]==veth==[mid-r] br-r [port-r]==[eth0]
///  downlink --->   bottleneck at mid-s's egress      path at port-r's egress
///  uplink   <---   path at port-s's egress           bottleneck at mid-r's egress
/// ```
///
/// Where there are several, a router stands between two: `[port-r]==[eth0] router ns [eth1]==[port-s2]`. Each hop is a
/// network of its own.
///
/// Bottleneck and path are two interfaces, because netem under a token bucket makes the bucket's queue limit void, and
/// delays packets before they reach the bottleneck.
enum Topology {
    /// Bits of a hop's network.
    static func prefix(_ ip: IPVersion) -> UInt8 { ip == .v4 ? 24 : 64 }

    /// What is between two nodes.
    struct Hop {
        /// From 0.
        let index: Int

        var sender: Side {
            Side(letter: "s", hop: index, number: 1, firstAddress: 0x10, interface: index == 0 ? "eth0" : "eth1")
        }
        var receiver: Side { Side(letter: "r", hop: index, number: 2, firstAddress: 0x20, interface: "eth0") }
        var sides: [Side] { [sender, receiver] }

        /// Where the bottleneck and the path of a direction are: the interfaces at whose egress they stand.
        func places(of direction: Direction) -> (bottleneck: String, path: String) {
            switch direction {
            case .downlink: (sender.middle, receiver.port)
            case .uplink: (receiver.middle, sender.port)
            }
        }

        /// The first address of the network.
        func network(_ ip: IPVersion) -> String { ip == .v4 ? "10.77.\(index).0" : "fd77:0:0:\(index)::" }
    }

    /// Half of a hop: what belongs to the node at one end.
    struct Side {
        fileprivate let letter: String
        fileprivate let hop: Int
        /// The last part of its address.
        fileprivate let number: UInt8
        fileprivate let firstAddress: UInt8
        /// The node's.
        let interface: String

        var port: String { "port-\(name)" }
        var bridge: String { "br-\(name)" }
        var middle: String { "mid-\(name)" }
        var names: [String] { [port, bridge, middle] }

        var hostAddress: EthernetAddress { ethernet(0) }
        var portAddress: EthernetAddress { ethernet(1) }
        var bridgeAddress: EthernetAddress { ethernet(2) }
        var middleAddress: EthernetAddress { ethernet(3) }

        func address(_ ip: IPVersion) -> String {
            switch ip {
            case .v4: "10.77.\(hop).\(number)"
            case .v6: hop == 0 ? "fd77::\(number)" : "fd77:0:0:\(hop)::\(number)"
            }
        }

        private var name: String { hop == 0 ? letter : "\(letter)\(hop + 1)" }

        private func ethernet(_ offset: UInt8) -> EthernetAddress {
            EthernetAddress(local: firstAddress + UInt8(hop) * 0x20 + offset)
        }
    }

    /// A way from a node to a network that is not its own.
    struct Route {
        let node: Int
        let destination: Hop
        let gateway: Side
        let interface: String
    }

    /// What every node of a chain has to know. Node 0 is the sender, and hop `n` lies between the nodes `n` and `n + 1`.
    static func routes(_ chain: [Hop]) -> [Route] {
        (0...chain.count).flatMap { node in
            chain.compactMap { hop -> Route? in
                if hop.index > node {
                    let next = chain[node]
                    return Route(
                        node: node, destination: hop, gateway: next.receiver, interface: next.sender.interface)
                }
                guard hop.index < node - 1 else { return nil }
                let last = chain[node - 1]
                return Route(node: node, destination: hop, gateway: last.sender, interface: last.receiver.interface)
            }
        }
    }
}
