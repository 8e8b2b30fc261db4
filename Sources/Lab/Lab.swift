package import LabModel
internal import Netlink
internal import Synchronization

/// The network of one run. It belongs to no one but the namespaces it is in, and vanishes with them.
package final class Lab: Sendable {
    /// From the sender on; at least one.
    package let hops: [LabHop]
    package let sender: LabHost
    package let receiver: LabHost

    let socket: NetlinkSocket
    let nodes: [LabNode]
    let shapings: [Shaping]
    let seed: UInt64
    /// Whether the timeline takes the link's carrier.
    let losesCarrier: Bool
    /// What each direction of each hop was told last.
    let told: Mutex<[[Direction: Impairment]]>

    /// Builds the network of `plan` in the namespace of the calling thread, which is where the bridges are, and one
    /// more for the sender, the receiver and each router. Where it throws, nothing of it is left. Requires CAP_NET_ADMIN
    /// and CAP_SYS_ADMIN in a namespace where no name of `Topology` is taken, and /proc.
    package static func build(plan: Plan) throws(LabError) -> Lab {
        try LabError.wrapping {
            var builder = try LabBuilder(plan)
            do {
                return try builder.build()
            } catch {
                builder.remove()
                throw error
            }
        }
    }

    /// - Parameter hops: at least one.
    init(hops: [LabHop], nodes: [LabNode], socket: NetlinkSocket, shapings: [Shaping], plan: Plan) {
        self.hops = hops
        sender = hops[0].sender
        receiver = hops[hops.count - 1].receiver
        self.nodes = nodes
        self.socket = socket
        self.shapings = shapings
        seed = plan.seed
        losesCarrier = plan.timeline.contains { $0.impairments.values.contains { $0.carrier == .down } }
        told = Mutex(plan.hops)
    }

    /// The number that people know a hop by; `nil` where there is no other.
    func number(of shaping: Shaping) -> Int? { hops.count > 1 ? shaping.hop + 1 : nil }
}
