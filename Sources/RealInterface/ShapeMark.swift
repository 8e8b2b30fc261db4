internal import Netlink

/// By what netlab knows again what it made.
enum ShapeMark {
    /// The first of its qdiscs' numbers ("nl"); the root is a netem of this number.
    static let major: UInt16 = 0x6e6c

    static let root = QdiscHandle(major)

    /// The place of its filter among those of the interface: the same number.
    static let priority: UInt16 = major

    /// Left at the filter's action: "netlab".
    static let cookie: [UInt8] = Array("netlab".utf8)

    /// The interface through which what arrives is sent: at most 15 characters, as the kernel wants it.
    static func ifb(of interface: Interface) -> String { "netlab\(interface.index)" }
}
