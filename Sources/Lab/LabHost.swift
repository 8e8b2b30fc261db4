package import LinuxKit
internal import Netlink

/// One end of a hop: an interface and the namespace that it is in.
package struct LabHost: Sendable {
    package let namespace: NetworkNamespace
    /// `eth0`, or a router's `eth1`.
    package let interface: String
    /// In 10.77.0.0/16 or fd77::/48.
    package let address: String
}

/// A hop's ends on the sender's and on the receiver's side.
package struct LabHop: Sendable {
    package let sender: LabHost
    package let receiver: LabHost
}

/// The sender, the receiver or a router between them.
struct LabNode: Sendable {
    let namespace: NetworkNamespace
    let socket: NetlinkSocket
}
