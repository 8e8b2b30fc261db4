internal import Glibc

/// An IPv4 or IPv6 address, in the kernel's byte order.
package struct InternetAddress: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]
    package let description: String

    /// The address that `text` writes, such as `10.77.0.1` or `fd77::1`; `nil` where it writes none. Corresponds to
    /// `inet_pton`.
    package init?(_ text: String) {
        var raw = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &raw) == 1 {
            bytes = Array(raw.prefix(4))
        } else if inet_pton(AF_INET6, text, &raw) == 1 {
            bytes = raw
        } else {
            return nil
        }
        description = text
    }

    /// `AF_INET` or `AF_INET6`.
    var family: UInt8 { UInt8(bytes.count == 4 ? AF_INET : AF_INET6) }
}
