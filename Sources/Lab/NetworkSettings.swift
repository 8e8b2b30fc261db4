internal import Glibc
internal import LabModel
internal import LinuxKit

/// A network sysctl of a namespace of the lab.
struct NetworkSettings {
    let name: String
    let value: String

    /// Bridges only pass on what hosts say.
    static let bridges = [NetworkSettings(name: "net.ipv6.conf.default.disable_ipv6", value: "1")]

    /// Hosts have the addresses they are given, look for no router and no duplicate, and so say nothing of themselves.
    static let host = [
        NetworkSettings(name: "net.ipv6.conf.default.accept_ra", value: "0"),
        NetworkSettings(name: "net.ipv6.conf.default.autoconf", value: "0"),
        NetworkSettings(name: "net.ipv6.conf.default.dad_transmits", value: "0"),
        // 1: no link-local address of its own accord (IN6_ADDR_GEN_MODE_NONE).
        NetworkSettings(name: "net.ipv6.conf.default.addr_gen_mode", value: "1"),
    ]

    /// Routers pass on what is for others.
    static func router(_ ip: IPVersion) -> [NetworkSettings] {
        [NetworkSettings(name: ip == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding", value: "1")]
    }

    /// What the kernel's builder chose would decide whether a queue fills: BBR leaves empty what CUBIC fills.
    static func tcp(_ plan: Plan) -> [NetworkSettings] {
        [
            NetworkSettings(name: "net.ipv4.tcp_congestion_control", value: plan.congestionControl),
            // 2: only where the other end asks, and none does.
            NetworkSettings(name: "net.ipv4.tcp_ecn", value: plan.ecn ? "1" : "2"),
        ]
    }

    /// The file of the calling thread's namespace.
    var path: String { "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 }) }

    /// Sets it in the namespace of the calling thread and reads it back.
    func apply() throws {
        let file = try FileDescriptor.open(path, O_RDWR)
        try SystemCallError.naming("set", "\(name) to \(value)") { () throws(Errno) in try file.writeAll(value) }
        let found = try File.readText(path).prefix { $0 != "\n" }
        guard found == value else { throw LabError.differs(what: name, asked: value, found: String(found)) }
    }
}
