package import LabModel
package import Netlink

/// An impairment by the qdiscs of one interface alone, where there is no second hop for the path.
package enum SingleHop {
    /// The qdiscs from the outermost in, numbered from `major` on. The path's netem stands where the lab has the one
    /// that lets go of the sender's socket, so its delay comes before the bottleneck and not behind it; what a packet
    /// takes in all is the same. Without a rate there is no bottleneck.
    package static func qdiscs(of impairment: Impairment, on interface: Interface, from major: UInt16) -> [Qdisc] {
        let shaping = Shaping(direction: .downlink, bottleneck: interface, path: interface)
        // With a seed: the qdiscs are new, and name only what a new one has not.
        var qdiscs = shaping.qdiscs(of: impairment, seed: 0)
        guard case .netem(var path) = qdiscs.popLast()?.options else { preconditionFailure("a lab's last is its path") }
        // Any delay lets go of the socket; order needs keeping only where delays differ.
        path.delay = max(path.delay, .microseconds(1))
        if path.jitter == .zero { path.rate = nil }
        path.seed = nil
        qdiscs[0].options = .netem(path)
        if impairment.rate == nil { qdiscs = Array(qdiscs.prefix(1)) }
        return qdiscs.map { qdisc in
            var qdisc = qdisc
            qdisc.handle = moved(qdisc.handle, to: major)
            qdisc.parent = moved(qdisc.parent, to: major)
            return qdisc
        }
    }

    private static func moved(_ handle: QdiscHandle, to major: UInt16) -> QdiscHandle {
        handle == .root ? .root : QdiscHandle(major + handle.major - Shaping.releaseHandle.major, handle.minor)
    }
}
