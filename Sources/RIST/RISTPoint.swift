package import LabModel

/// Where a receiver listens, and how both ends are told to repair.
package struct RISTPoint: Hashable, Sendable, CustomStringConvertible {
    package let address: String
    /// Even; the simple profile has RTCP at the next.
    package let port: UInt16
    package let profile: RISTPlan.Profile
    package let buffer: TimeSpan

    /// - Parameter address: numeric, of IPv4 or IPv6.
    package init(_ address: String, port: UInt16, _ plan: RISTPlan) {
        self.address = address
        self.port = port
        profile = plan.profile
        buffer = plan.buffer
    }

    package var description: String { "\(address) port \(port)" }

    /// As librist's URLs have it (librist/urlparam.h).
    func url(listening: Bool) -> String {
        let host = address.contains(":") ? "[\(address)]" : address
        return "rist://\(listening ? "@" : "")\(host):\(port)?buffer=\(Int(buffer.milliseconds.rounded()))"
    }
}
