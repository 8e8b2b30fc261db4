internal import CLinux
internal import Glibc

/// A network namespace without a name: it lives as long as this object, a process or a socket is in it.
package final class NetworkNamespace: Sendable {
    private let descriptor: FileDescriptor

    /// For `setns`; owned by this object.
    package var raw: Int32 { descriptor.raw }

    /// A new, empty namespace: its loopback is down. Requires CAP_SYS_ADMIN. Corresponds to `unshare(CLONE_NEWNET)`.
    package static func make() throws(SystemCallError) -> NetworkNamespace {
        try NetworkNamespace(
            Thread.value(named: "new-namespace") { () throws(SystemCallError) in
                try SystemCallError.naming("create", "a network namespace") { () throws(Errno) in
                    try retryingInterrupts { linux_new_network_namespace() }
                }
                return try FileDescriptor.open(ofCallingThread)
            })
    }

    /// The namespace of the calling thread.
    package static func current() throws(SystemCallError) -> NetworkNamespace {
        try NetworkNamespace(FileDescriptor.open(ofCallingThread))
    }

    /// Runs `body` on a thread of its own in this namespace and waits for it. Sockets and captures opened there stay
    /// in this namespace, and children started there begin in it. Requires CAP_SYS_ADMIN. Corresponds to `setns`.
    package func inside<R: ~Copyable>(_ body: () throws -> R) throws -> R {
        try Thread.value(named: "namespace") { () throws -> R in
            try self.enter()
            return try body()
        }
    }

    /// Puts the calling thread here for good; only for a thread that belongs to the caller. Corresponds to `setns`.
    package func enter() throws(SystemCallError) {
        let raw = raw
        try SystemCallError.naming("enter", "a network namespace") { () throws(Errno) in
            try retryingInterrupts { linux_enter_network_namespace(raw) }
        }
    }

    /// Brings up the loopback of the calling thread's namespace. Requires CAP_NET_ADMIN there. Corresponds to
    /// `ioctl(SIOCSIFFLAGS)`.
    package static func bringUpLoopback() throws(SystemCallError) {
        try SystemCallError.naming("bring up", "the loopback") { () throws(Errno) in
            try retryingInterrupts { linux_loopback_up() }
        }
    }

    /// Sets a network sysctl of this namespace, such as `net.ipv4.tcp_congestion_control`. /proc/sys/net shows the
    /// namespace of the thread that opens it (/proc/net and /sys/class/net do not).
    package func setSysctl(_ name: String, to value: String) throws {
        let path = Self.path(ofSysctl: name)
        try inside {
            let file = try FileDescriptor.open(path, O_WRONLY)
            try SystemCallError.naming("set", "\(name) to \(value)") { () throws(Errno) in try file.writeAll(value) }
        }
    }

    /// The value of a network sysctl of this namespace, without the line's end.
    package func sysctl(_ name: String) throws -> String {
        let path = Self.path(ofSysctl: name)
        let text = try inside { try File.readText(path) }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private init(_ descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
    }

    private static let ofCallingThread = "/proc/thread-self/ns/net"

    private static func path(ofSysctl name: String) -> String {
        "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
    }
}
