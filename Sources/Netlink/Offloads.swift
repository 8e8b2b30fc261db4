internal import CNetlink
internal import Glibc
internal import LinuxKit

/// What an interface does in its driver's stead for the stack: segmentation, coalescing, checksums (ethtool(8)).
package enum Offloads {
    /// Turns off every feature of an interface of the calling thread's namespace that can be turned off, and looks
    /// whether it is. Requires CAP_NET_ADMIN. Corresponds to `ETHTOOL_SFEATURES`.
    package static func turnOff(_ interface: Interface) throws(NetlinkError) {
        let socket = try openSocket()
        guard cnetlink_clear_features(socket.raw, interface.name) == 0 else {
            throw failure(interface, Errno.last)
        }
        let left = cnetlink_count_features(socket.raw, interface.name)
        guard left >= 0 else { throw failure(interface, Errno.last) }
        guard left == 0 else { throw failure(interface, .notSupported, reason: "\(left) stay on") }
    }

    /// How many features that can be turned off are on. Corresponds to `ETHTOOL_GFEATURES`.
    package static func count(_ interface: Interface) throws(NetlinkError) -> Int {
        let socket = try openSocket()
        let count = cnetlink_count_features(socket.raw, interface.name)
        guard count >= 0 else { throw failure(interface, Errno.last) }
        return Int(count)
    }

    private static func openSocket() throws(NetlinkError) -> FileDescriptor {
        let raw = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw NetlinkError(operation: "open", object: "a socket", errno: Errno.last) }
        return FileDescriptor(owning: raw)
    }

    private static func failure(_ interface: Interface, _ errno: Errno, reason: String? = nil) -> NetlinkError {
        NetlinkError(operation: "turn off the offloads of", object: interface.name, errno: errno, reason: reason)
    }
}
