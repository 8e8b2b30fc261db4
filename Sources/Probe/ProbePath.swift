package import LabModel
package import LinuxKit

/// Where a probe measures: from one namespace of a lab to another.
package struct ProbePath: Sendable {
    package var sender: NetworkNamespace
    package var receiver: NetworkNamespace
    /// Both of `ip`.
    package var senderAddress: String
    package var receiverAddress: String
    package var ip: IPVersion
    /// The largest packet that the way carries whole.
    package var mtu: ByteCount
    /// The rate asked of the bottleneck on this way; nil where there is no limit.
    package var rate: Rate?
    /// Added to the ports, so that flows at the same time have each its own.
    package var portOffset: UInt16 = 0
    /// Whether the lab's clock jumps: a link without a limit is infinitely fast there.
    package var isVirtualTime: Bool

    package init(
        sender: NetworkNamespace, receiver: NetworkNamespace, senderAddress: String, receiverAddress: String,
        ip: IPVersion = .v4, mtu: ByteCount = .ethernetMTU, rate: Rate?, isVirtualTime: Bool
    ) {
        self.sender = sender
        self.receiver = receiver
        self.senderAddress = senderAddress
        self.receiverAddress = receiverAddress
        self.ip = ip
        self.mtu = mtu
        self.rate = rate
        self.isVirtualTime = isVirtualTime
    }
}
