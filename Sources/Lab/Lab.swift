package import LabModel
internal import Netlink
internal import Synchronization

/// The network of one run. It belongs to no one but the namespaces it is in, and vanishes with them.
package final class Lab: Sendable {
    package let sender: LabHost
    package let receiver: LabHost

    let socket: NetlinkSocket
    let shapings: [Shaping]
    let seed: UInt64
    /// Whether the timeline takes the link's carrier.
    let losesCarrier: Bool
    /// What each direction was told last.
    let told: Mutex<[Direction: Impairment]>

    /// Builds the network of `plan` in the namespace of the calling thread, which is where the bridges are, and two
    /// more for the hosts. Where it throws, nothing of it is left. Requires CAP_NET_ADMIN and CAP_SYS_ADMIN in a
    /// namespace where no name of `Topology` is taken, and /proc.
    package static func build(plan: Plan) throws(LabError) -> Lab {
        try LabError.wrapping {
            var builder = try LabBuilder()
            do {
                return try builder.build(plan)
            } catch {
                builder.remove()
                throw error
            }
        }
    }

    init(sender: LabHost, receiver: LabHost, socket: NetlinkSocket, shapings: [Shaping], plan: Plan) {
        self.sender = sender
        self.receiver = receiver
        self.socket = socket
        self.shapings = shapings
        seed = plan.seed
        losesCarrier = plan.timeline.contains { $0.impairments.values.contains { $0.carrier == .down } }
        told = Mutex(plan.link)
    }
}
