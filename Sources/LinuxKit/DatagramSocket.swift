internal import CLinux
internal import Glibc
internal import Synchronization

/// A bound UDP socket that sends and receives in batches, with the kernel's receive times.
package final class DatagramSocket: Sendable {
    /// One datagram that came.
    package struct Arrival: Sendable {
        /// The payload; cut at 2048 bytes.
        package let bytes: [UInt8]
        /// The kernel's receive time, nanoseconds since 1970 (SO_TIMESTAMPNS).
        package let time: Int64
    }

    /// The most that one call sends or receives.
    package static let batch = 64
    private let descriptor: FileDescriptor
    private let room = Mutex(ReceivingRoom())

    /// For `poll`; owned by this object.
    package var raw: Int32 { descriptor.raw }

    /// The port that it is bound to.
    package var port: UInt16 { linux_local_port(descriptor.raw) }

    /// Binds to a numeric address; port 0 takes a free one. `buffer` is what the kernel should hold in bytes.
    /// Corresponds to `socket` and `bind`.
    package init(
        bindingTo address: String, port: UInt16, buffer: Int = 4 << 20
    ) throws(SystemCallError) {
        let local = try DatagramAddress(address, port: port)
        descriptor = try SystemCallError.naming("bind to", "\(address) port \(port)") { () throws(Errno) in
            var raw = local.raw
            return FileDescriptor(
                owning: try retryingInterrupts { linux_datagram_socket(&raw, Int32(clamping: buffer)) })
        }
    }

    /// Sends datagrams in order, waiting while the socket's buffer is full. Returns how many the kernel took; throws
    /// where it refused the first. Corresponds to `sendmmsg`.
    @discardableResult
    package func send(_ datagrams: ArraySlice<[UInt8]>, to address: DatagramAddress) throws(Errno) -> Int {
        // One copy costs less than a system call for each datagram.
        var bytes: [UInt8] = []
        for datagram in datagrams { bytes += datagram }
        var result = Result<Int, Errno>.success(0)
        bytes.withUnsafeBytes { buffer in
            var start = 0
            let outgoing = datagrams.map { datagram in
                defer { start += datagram.count }
                return linux_outgoing(bytes: buffer.baseAddress.map { $0 + start }, length: UInt32(datagram.count))
            }
            result = Result { () throws(Errno) in try send(outgoing, address) }
        }
        return try result.get()
    }

    /// The same for one datagram.
    package func send(_ datagram: [UInt8], to address: DatagramAddress) throws(Errno) {
        try send([datagram][...], to: address)
    }

    private func send(_ outgoing: [linux_outgoing], _ address: DatagramAddress) throws(Errno) -> Int {
        var to = address.raw
        var sent = 0
        while sent < outgoing.count {
            let part = Array(outgoing[sent...].prefix(Self.batch))
            do throws(Errno) {
                sent += Int(
                    try retryingInterrupts { linux_send_datagrams(descriptor.raw, &to, part, UInt32(part.count)) })
            } catch {
                if sent == 0 { throw error }
                break
            }
        }
        return sent
    }

    /// Takes the datagrams that are there, without waiting, in the order of their coming; at most 64. `drops` gets
    /// how many the kernel has dropped on this socket since it was made, where it says so (SO_RXQ_OVFL).
    /// Corresponds to `recvmmsg`.
    package func receive(drops: inout UInt32) throws(Errno) -> [Arrival] {
        var counted = drops
        defer { drops = counted }
        return try room.withLock { (room) throws(Errno) in
            do throws(Errno) {
                return try room.fill(from: descriptor.raw, drops: &counted)
            } catch {
                // A datagram with a wrong checksum can be announced and then be gone.
                if error == .tryAgain { return [] }
                throw error
            }
        }
    }
}

/// Where arriving datagrams are put: kept, because a kernel needs longer to hand out new memory than to fill it.
private struct ReceivingRoom: ~Copyable {
    /// In bytes; longer datagrams are cut.
    private static let largest = 2048
    // Used under the socket's lock only.
    private nonisolated(unsafe) let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: largest * DatagramSocket.batch, alignment: 8)
    private var incoming = [linux_incoming](repeating: linux_incoming(), count: DatagramSocket.batch)

    deinit {
        buffer.deallocate()
    }

    mutating func fill(from descriptor: Int32, drops: inout UInt32) throws(Errno) -> [DatagramSocket.Arrival] {
        let count = Int(
            try retryingInterrupts {
                linux_receive_datagrams(
                    descriptor, buffer.baseAddress, UInt32(Self.largest), &incoming, UInt32(DatagramSocket.batch),
                    &drops)
            })
        return (0..<count).map { index in
            let length = min(Int(incoming[index].length), Self.largest)
            let slot = UnsafeRawBufferPointer(rebasing: buffer[(index * Self.largest)...].prefix(length))
            return DatagramSocket.Arrival(bytes: Array(slot), time: incoming[index].time)
        }
    }
}

/// A numeric IPv4 or IPv6 address with a port.
package struct DatagramAddress: Sendable {
    let raw: linux_address

    /// EINVAL where `text` is no numeric address.
    package init(_ text: String, port: UInt16) throws(SystemCallError) {
        var address = linux_address()
        guard linux_address_make(text, port, &address) == 0 else {
            throw SystemCallError("use the address", text, .invalidArgument)
        }
        raw = address
    }

    /// Lends it as a `sockaddr` with its length, which C libraries take.
    package func withSocketAddress<R>(_ body: (UnsafeRawPointer, UInt32) -> R) -> R {
        withUnsafePointer(to: raw.storage) { body(UnsafeRawPointer($0), raw.length) }
    }
}
