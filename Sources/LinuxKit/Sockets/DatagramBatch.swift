internal import CLinux

/// Up to 64 datagrams that cross into the kernel in one call: a call for each is slow in a user-mode kernel.
package struct DatagramBatch: Sendable {
    /// The most that one call carries.
    package static let limit = 64

    /// The datagrams, one at every `stride` bytes.
    fileprivate var bytes: [UInt8]
    fileprivate let stride: Int
    fileprivate var datagrams = [linux_datagram](repeating: linux_datagram(), count: DatagramBatch.limit)
    /// How many datagrams it holds, 64 at most.
    package fileprivate(set) var count = 0

    /// Room for datagrams of `size` bytes at most; what is longer is cut.
    package init(datagramsUpTo size: Int) {
        stride = size
        bytes = [UInt8](repeating: 0, count: size * DatagramBatch.limit)
    }

    /// Adds a datagram of `size` bytes that `fill` writes.
    /// - Precondition: there is room.
    package mutating func append(size: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        precondition(count < Self.limit && size <= stride)
        let start = count * stride
        bytes.withUnsafeMutableBytes { fill(UnsafeMutableRawBufferPointer(rebasing: $0[start..<start + size])) }
        datagrams[count].size = Int32(size)
        count += 1
    }

    /// Empties it.
    package mutating func removeAll() {
        count = 0
    }

    /// Each datagram with the time that the kernel received it (ns since 1970; 0 for one that was not received).
    package func forEach(_ body: (UnsafeRawBufferPointer, Int64) -> Void) {
        bytes.withUnsafeBytes { all in
            for index in 0..<count {
                let part = all[index * stride..<index * stride + Int(datagrams[index].size)]
                body(UnsafeRawBufferPointer(rebasing: part), datagrams[index].received)
            }
        }
    }

    fileprivate mutating func removeFirst(_ sent: Int) {
        guard sent < count else { return removeAll() }
        bytes.withUnsafeMutableBytes { all in
            let rest = UnsafeRawBufferPointer(rebasing: all[sent * stride..<count * stride])
            UnsafeMutableRawBufferPointer(rebasing: all[..<rest.count]).copyMemory(from: rest)
        }
        datagrams.replaceSubrange(0..<count - sent, with: Array(datagrams[sent..<count]))
        count -= sent
    }
}

extension Socket {
    /// Sends what it can of the batch to the connected end and takes it off; returns how many went, nil where the
    /// socket takes none now. Corresponds to `sendmmsg`.
    package func send(_ batch: inout DatagramBatch) throws(Errno) -> Int? {
        let (bytes, datagrams, stride, count) = (batch.bytes, batch.datagrams, Int32(batch.stride), Int32(batch.count))
        do throws(Errno) {
            let sent = try retryingInterrupts { linux_send_datagrams(self.raw, bytes, stride, datagrams, count) }
            batch.removeFirst(Int(sent))
            return Int(sent)
        } catch  where error == .tryAgain {
            return nil
        }
    }

    /// Fills the batch with what has come, without waiting; empty where nothing has. Corresponds to `recvmmsg`.
    package func receive(_ batch: inout DatagramBatch) throws(Errno) {
        let (raw, stride) = (raw, Int32(batch.stride))
        batch.count = 0
        do throws(Errno) {
            let received = try retryingInterrupts {
                linux_receive_datagrams(raw, &batch.bytes, stride, &batch.datagrams, Int32(DatagramBatch.limit))
            }
            batch.count = Int(received)
        } catch  where error == .tryAgain {}
    }

    /// Datagrams that came but were dropped because nobody read them in time; nil where the kernel does not say.
    /// Corresponds to `getsockopt(SO_MEMINFO)`.
    package var droppedDatagrams: Int64? {
        let drops = linux_socket_drops(raw)
        return drops < 0 ? nil : drops
    }
}
