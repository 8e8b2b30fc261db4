package import LinuxKit

/// One end of the link: a namespace with one interface.
package struct LabHost: Sendable {
    package let namespace: NetworkNamespace
    /// `eth0`.
    package let interface: String
    package let address: HostAddress
}

/// The addresses of one end of the link.
package struct HostAddress: Hashable, Sendable {
    /// In 10.77.0.0/24.
    package let ipv4: String
    /// In fd77::/64.
    package let ipv6: String

    static let ipv4Prefix: UInt8 = 24
    static let ipv6Prefix: UInt8 = 64
}
