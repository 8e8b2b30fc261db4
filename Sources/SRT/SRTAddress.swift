internal import CSRT
internal import Glibc
internal import LinuxKit

/// A numeric IPv4 or IPv6 address with a port.
package struct SRTAddress: Sendable, CustomStringConvertible {
    package let description: String
    private let address: DatagramAddress

    package init(_ text: String, port: UInt16) throws(SRTError) {
        description = "\(text) port \(port)"
        do {
            address = try DatagramAddress(text, port: port)
        } catch {
            throw SRTError("use the address", text, "\(error.errno)")
        }
    }

    func lend<R>(_ body: (UnsafePointer<sockaddr>, Int32) -> R) -> R {
        address.withSocketAddress { body($0.assumingMemoryBound(to: sockaddr.self), Int32($1)) }
    }
}
