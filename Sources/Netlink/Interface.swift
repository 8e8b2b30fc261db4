/// What is needed to name an interface to the kernel and to people.
package struct Interface: Hashable, Sendable {
    /// The kernel's number, unique in a namespace.
    package let index: Int32
    package let name: String

    package init(index: Int32, name: String) {
        self.index = index
        self.name = name
    }
}

/// An interface as the kernel reports it.
package struct InterfaceState: Hashable, Sendable {
    package var interface: Interface
    /// `veth`, `bridge`, ...; absent for what has no kind, such as loopback.
    package var kind: String?
    /// Largest packet without the Ethernet header, bytes.
    package var mtu: Int
    /// Told to be up.
    package var isUp: Bool
    /// Up with a carrier.
    package var isRunning: Bool
    /// Its bridge passes packets from and to it; absent where it is no bridge's port.
    package var isForwarding: Bool?
    package var address: EthernetAddress?
}

/// A 48-bit Ethernet address.
package struct EthernetAddress: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// A locally administered address that ends in `number`: two of different numbers never clash.
    package init(local number: UInt8) {
        bytes = [0x02, 0x6e, 0x6c, 0x00, 0x00, number]
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 6 else { return nil }
        self.bytes = bytes
    }

    package var description: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: ":")
    }
}
