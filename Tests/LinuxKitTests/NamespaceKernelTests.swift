import Glibc
import LinuxKit
import Testing

/// Needs the right to make namespaces: runs in the embedded kernel.
@Suite(.serialized) struct NamespaceKernelTests {
    @Test func `what is opened inside stays inside`() throws {
        let namespace = try NetworkNamespace.make()
        let other = try NetworkNamespace.make()
        let held = try namespace.inside { () throws -> FileDescriptor in try boundSocket(port: 0) }
        let port = try port(of: held)
        #expect(throws: Errno(EADDRINUSE)) {
            try namespace.inside { _ = try boundSocket(port: port) }
        }
        let elsewhere = try other.inside { () throws -> FileDescriptor in try boundSocket(port: port) }
        #expect(try self.port(of: elsewhere) == port)
    }

    @Test func `a sysctl is set in one namespace only`() throws {
        let name = "net.ipv4.ip_default_ttl"
        let one = try NetworkNamespace.make()
        let other = try NetworkNamespace.make()
        try one.setSysctl(name, to: "33")
        #expect(try one.sysctl(name) == "33")
        #expect(try other.sysctl(name) == "64")
        #expect(throws: SystemCallError("set", "\(name) to x", .invalidArgument)) {
            try other.setSysctl(name, to: "x")
        }
    }

    @Test func `a child starts in its namespace`() throws {
        let namespace = try NetworkNamespace.make()
        var command = Command("readlink", ["/proc/self/ns/net"])
        command.namespace = namespace
        let inside = try ChildProcess.run(command).outputText
        #expect(inside == (try namespace.inside { try ownNamespace() }))
        #expect(inside != (try ownNamespace()))
    }

    @Test func `the calling thread stays where it was`() throws {
        let before = try ownNamespace()
        try NetworkNamespace.make().inside {}
        #expect(try ownNamespace() == before)
    }

    private func ownNamespace() throws -> String {
        try Thread.value(named: "reader") {
            var buffer = [CChar](repeating: 0, count: 64)
            let count = readlink("/proc/thread-self/ns/net", &buffer, buffer.count)
            guard count > 0 else { throw Errno.last }
            return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) + "\n"
        }
    }

    /// A UDP socket on all addresses of the calling thread's namespace.
    private func boundSocket(port: UInt16) throws -> FileDescriptor {
        let descriptor = FileDescriptor(owning: socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let raw = descriptor.raw
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = try retryingInterrupts { bind(raw, address, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
        return descriptor
    }

    private func port(of socket: borrowing FileDescriptor) throws -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let raw = socket.raw
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = try retryingInterrupts { getsockname(raw, address, &length) }
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
