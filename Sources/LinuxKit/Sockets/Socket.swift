internal import CLinux
internal import Glibc

/// A TCP or UDP socket that never blocks by itself: waiting is `awaitReadable` and `awaitWritable`, with a deadline. It
/// stays in the network namespace of the thread that opened it, whichever thread uses it.
package final class Socket: Sendable {
    /// What a socket carries.
    package enum Kind: Sendable {
        case stream
        case datagram
    }

    let descriptor: FileDescriptor

    /// For `poll`; owned by this object.
    package var raw: Int32 { descriptor.raw }

    /// A socket bound to `address`; port 0 lets the kernel choose. Corresponds to `socket` and `bind`.
    package static func bound(_ kind: Kind, to address: SocketAddress) throws(Errno) -> Socket {
        let socket = try Socket(kind, family: address.family)
        try socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
        if kind == .datagram { try socket.set(SOL_SOCKET, SO_TIMESTAMPNS, 1) }
        try retryingInterrupts { address.withRaw { bind(socket.raw, $0, $1) } }
        return socket
    }

    /// Fixes the other end. A stream's connection is made when it becomes writable and `failure` is nil. Corresponds to
    /// `connect`.
    package func connect(to address: SocketAddress) throws(Errno) {
        do throws(Errno) {
            try retryingInterrupts { address.withRaw { Glibc.connect(self.raw, $0, $1) } }
        } catch  where error == Errno(EINPROGRESS) {}
    }

    /// Its own address. Corresponds to `getsockname`.
    package func localAddress() throws(Errno) -> SocketAddress {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        try retryingInterrupts {
            withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(self.raw, $0, &size) }
            }
        }
        return SocketAddress(storage, size: size)
    }

    /// The error that waits on the socket, taken off it; nil where there is none. Corresponds to
    /// `getsockopt(SO_ERROR)`.
    package func takeFailure() -> Errno? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(raw, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return Errno.last }
        return code == 0 ? nil : Errno(code)
    }

    /// Waits until something can be read, or the other end is gone; false where the monotonic clock reaches `deadline`
    /// (ns) first. Corresponds to `poll`.
    package func awaitReadable(untilMonotonic deadline: Int64) throws(Errno) -> Bool {
        try descriptor.awaitReadable(timeout: max(deadline - Clock.monotonic(), 0))
    }

    /// Waits until something can be written, or a connection is made or refused; false where the monotonic clock
    /// reaches `deadline` (ns) first. Corresponds to `poll`.
    package func awaitWritable(untilMonotonic deadline: Int64) throws(Errno) -> Bool {
        let milliseconds = Int32(clamping: (max(deadline - Clock.monotonic(), 0) + 999_999) / 1_000_000)
        var request = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
        return try retryingInterrupts { poll(&request, 1, milliseconds) } > 0
    }

    /// Asks for a receive buffer of `bytes`; the kernel may give less (`net.core.rmem_max`).
    package func requestReceiveBuffer(bytes: Int) throws(Errno) {
        try set(SOL_SOCKET, SO_RCVBUF, Int32(clamping: bytes))
    }

    /// Asks for a send buffer of `bytes`; the kernel may give less (`net.core.wmem_max`).
    package func requestSendBuffer(bytes: Int) throws(Errno) {
        try set(SOL_SOCKET, SO_SNDBUF, Int32(clamping: bytes))
    }

    func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(Errno) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        try retryingInterrupts { setsockopt(self.raw, level, option, &value, size) }
    }

    init(owning descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
    }

    private convenience init(_ kind: Kind, family: Int32) throws(Errno) {
        let type = kind == .stream ? SOCK_STREAM : SOCK_DGRAM
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let raw = try retryingInterrupts { socket(family, Int32(type.rawValue) | flags, 0) }
        self.init(owning: FileDescriptor(owning: raw))
    }
}
