internal import Glibc

/// An IPv4 or IPv6 address with a port, as the kernel takes it.
package struct SocketAddress: Hashable, Sendable {
    /// A `sockaddr_in` or a `sockaddr_in6`.
    private let bytes: [UInt8]

    /// The address that `host` writes, such as `10.77.0.1` or `fd77::1`; nil where it writes none. Corresponds to
    /// `inet_pton`.
    package init?(_ host: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }

    /// Whether it is an IPv6 address.
    package var isVersion6: Bool { bytes.count == MemoryLayout<sockaddr_in6>.size }

    /// Every address of this machine in the same family as this one, with `port`.
    package func anyOfFamily(port: UInt16) -> SocketAddress {
        SocketAddress(isVersion6 ? "::" : "0.0.0.0", port: port) ?? self
    }

    /// What the kernel filled in, `size` bytes of it.
    init(_ storage: sockaddr_storage, size: socklen_t) {
        bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(size))) }
    }

    var family: Int32 { isVersion6 ? AF_INET6 : AF_INET }

    func withRaw<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
        }
    }
}
