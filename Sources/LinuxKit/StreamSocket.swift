internal import CLinux
internal import Glibc

/// A TCP socket whose calls never wait: waiting is `awaitReadable` and `awaitWritable`, with a deadline. It stays in the
/// network namespace of the thread that opened it, whichever thread uses it.
package final class StreamSocket: Sendable {
    /// What a TCP sender knows of its connection (`tcp_info`).
    package struct Facts: Hashable, Sendable {
        /// Segments sent again, in all (`tcpi_total_retrans`).
        package let retransmissions: Int64
        /// Nanoseconds, smoothed (`tcpi_rtt`).
        package let roundTrip: Int64
        /// Bytes (`tcpi_snd_cwnd` times `tcpi_snd_mss`).
        package let congestionWindow: Int64
    }

    private let descriptor: FileDescriptor

    /// A socket bound to a numeric address; port 0 takes a free one. Corresponds to `socket` and `bind`.
    package init(bindingTo address: String, port: UInt16) throws(SystemCallError) {
        let local = try DatagramAddress(address, port: port)
        descriptor = try SystemCallError.naming("bind to", "\(address) port \(port)") { () throws(Errno) in
            let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            let descriptor = FileDescriptor(
                owning: try retryingInterrupts { socket(Int32(local.raw.storage.ss_family), flags, 0) })
            let raw = descriptor.raw
            try Self.set(raw, SOL_SOCKET, SO_REUSEADDR, Int32(1))
            try retryingInterrupts { Self.withAddress(local) { bind(raw, $0, $1) } }
            return descriptor
        }
    }

    /// Begins a connection; it is made once the socket is writable and `takeFailure` gives nil. Corresponds to
    /// `connect`.
    package func connect(to address: DatagramAddress) throws(Errno) {
        do throws(Errno) {
            try retryingInterrupts { Self.withAddress(address) { Glibc.connect(descriptor.raw, $0, $1) } }
        } catch  where error == Errno(EINPROGRESS) {}
    }

    /// Takes connections. Corresponds to `listen`.
    package func listen() throws(Errno) {
        try retryingInterrupts { Glibc.listen(descriptor.raw, 1) }
    }

    /// A descriptor of its own of the same socket. Corresponds to `dup`.
    func duplicate() throws(Errno) -> FileDescriptor { try .duplicate(descriptor.raw) }

    /// The next connection; EAGAIN where there is none yet. Corresponds to `accept`.
    package func accept() throws(Errno) -> StreamSocket {
        let raw = descriptor.raw
        let accepted = FileDescriptor(owning: try retryingInterrupts { Glibc.accept(raw, nil, nil) })
        let new = accepted.raw
        try retryingInterrupts { fcntl(new, F_SETFD, FD_CLOEXEC) }
        try accepted.setNonBlocking(true)
        return StreamSocket(owning: accepted)
    }

    /// Writes what fits now; nil where nothing does. Corresponds to `send`.
    package func send(_ bytes: [UInt8]) throws(Errno) -> Int? {
        try Self.nilWhereNone { () throws(Errno) in
            try retryingInterrupts {
                bytes.withUnsafeBytes { Glibc.send(descriptor.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            }
        }
    }

    /// Reads what is there; nil where nothing is, 0 at the end of the stream. Corresponds to `read`.
    package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int? {
        try Self.nilWhereNone { () throws(Errno) in try descriptor.read(into: buffer) }
    }

    /// The error that waits on the socket, taken off it; nil where there is none. Corresponds to
    /// `getsockopt(SO_ERROR)`.
    package func takeFailure() -> Errno? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor.raw, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return Errno.last }
        return code == 0 ? nil : Errno(code)
    }

    /// Waits until something can be read, or the other end is gone; false where the monotonic clock reaches `deadline`
    /// (ns) first. Corresponds to `ppoll`.
    package func awaitReadable(untilMonotonic deadline: Int64) throws(Errno) -> Bool {
        try wait(for: POLLIN, untilMonotonic: deadline)
    }

    /// Waits until something can be written, or a connection is made or refused; false where the monotonic clock
    /// reaches `deadline` (ns) first. Corresponds to `ppoll`.
    package func awaitWritable(untilMonotonic deadline: Int64) throws(Errno) -> Bool {
        try wait(for: POLLOUT, untilMonotonic: deadline)
    }

    /// Keeps no more than `bytes` that the network has not taken yet: what waits in the sender's own memory would only
    /// have to drain at the end. Corresponds to `TCP_NOTSENT_LOWAT`.
    package func limitUnsent(bytes: Int) throws(Errno) {
        try Self.set(descriptor.raw, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, Int32(clamping: bytes))
    }

    /// Sends what is written at once, and does not wait for more or for acknowledgements (Nagle's algorithm). Corresponds
    /// to `TCP_NODELAY`.
    package func sendAtOnce() throws(Errno) {
        try Self.set(descriptor.raw, Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
    }

    /// Ends the connection with a reset and drops what is unsent, so that nothing is sent after it. Corresponds to
    /// `connect` to AF_UNSPEC (connect(2)).
    package func reset() throws(Errno) {
        var nobody = sockaddr()
        nobody.sa_family = sa_family_t(AF_UNSPEC)
        try retryingInterrupts {
            Glibc.connect(descriptor.raw, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
        }
    }

    /// The state of the connection. Corresponds to `getsockopt(TCP_INFO)`.
    package func facts() throws(Errno) -> Facts {
        var facts = linux_tcp_facts()
        try retryingInterrupts { linux_tcp_facts(descriptor.raw, &facts) }
        return Facts(
            retransmissions: Int64(facts.retransmissions), roundTrip: Int64(facts.round_trip) * 1000,
            congestionWindow: Int64(facts.window) * Int64(facts.segment))
    }

    private init(owning descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
    }

    private func wait(for event: Int32, untilMonotonic deadline: Int64) throws(Errno) -> Bool {
        var request = pollfd(fd: descriptor.raw, events: Int16(event), revents: 0)
        return try retryingInterrupts { linux_poll_until(&request, 1, max(deadline, 0)) } > 0
    }

    private static func set<Value: BitwiseCopyable>(_ raw: Int32, _ level: Int32, _ option: Int32, _ value: Value)
        throws(Errno)
    {
        var value = value
        let size = socklen_t(MemoryLayout<Value>.size)
        try retryingInterrupts { setsockopt(raw, level, option, &value, size) }
    }

    private static func withAddress<R>(_ address: DatagramAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R)
        -> R
    {
        withUnsafePointer(to: address.raw.storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, address.raw.length) }
        }
    }

    private static func nilWhereNone<R>(_ call: () throws(Errno) -> R) throws(Errno) -> R? {
        do throws(Errno) {
            return try call()
        } catch  where error == .tryAgain {
            return nil
        }
    }
}
