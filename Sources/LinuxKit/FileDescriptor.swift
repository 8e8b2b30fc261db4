internal import CLinux
internal import Glibc

/// The owner of a file descriptor: closed when it goes out of scope, never inherited by a child.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The number, for calls that this type has no method for; it stays owned here.
    package let raw: Int32

    /// Takes over a descriptor that nothing else will close.
    package init(owning raw: Int32) {
        self.raw = raw
    }

    deinit {
        close(raw)
    }

    /// Opens a file with O_CLOEXEC. `mode` counts where it is created. Corresponds to `open`.
    package static func open(
        _ path: String, _ flags: Int32 = O_RDONLY, mode: UInt32 = 0o644
    ) throws(SystemCallError) -> FileDescriptor {
        try SystemCallError.naming(flags & O_CREAT == 0 ? "open" : "create", path) { () throws(Errno) in
            FileDescriptor(owning: try retryingInterrupts { Glibc.open(path, flags | O_CLOEXEC, mode) })
        }
    }

    /// A second descriptor of the same open file, with O_CLOEXEC. Corresponds to `fcntl(F_DUPFD_CLOEXEC)`.
    package static func duplicate(_ raw: Int32) throws(Errno) -> FileDescriptor {
        FileDescriptor(owning: try retryingInterrupts { fcntl(raw, F_DUPFD_CLOEXEC, 3) })
    }

    /// Gives the descriptor up without closing it.
    package consuming func release() -> Int32 {
        let raw = raw
        discard self
        return raw
    }

    /// Reads what is there, at most `buffer.count` bytes; 0 at the end. Corresponds to `read`.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        let raw = raw
        return try retryingInterrupts { Glibc.read(raw, buffer.baseAddress, buffer.count) }
    }

    /// Reads what is there from the byte `offset` of a file on; 0 at its end. Corresponds to `pread`.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Errno) -> Int {
        let raw = raw
        return try retryingInterrupts { pread(raw, buffer.baseAddress, buffer.count, offset) }
    }

    /// Reads `count` bytes of a file from the byte `offset` on, or as many as it has. Corresponds to `pread`.
    package borrowing func read(count: Int, at offset: Int) throws(Errno) -> [UInt8] {
        var failure: Errno?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            do throws(Errno) {
                while length < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[length...])
                    let more = try read(into: rest, at: offset + length)
                    if more == 0 { break }
                    length += more
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads what is there, at most `limit` bytes; empty at the end. Corresponds to `read`.
    package borrowing func read(upTo limit: Int) throws(Errno) -> [UInt8] {
        let raw = raw
        var failure: Errno?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            do throws(Errno) {
                count = try retryingInterrupts { Glibc.read(raw, buffer.baseAddress, buffer.count) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads to the end.
    package borrowing func readAll() throws(Errno) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let more = try read(upTo: 65536)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    /// Writes every byte, in as many calls as it takes. Corresponds to `write`.
    package borrowing func writeAll(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
        let raw = raw
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            rest = rest.dropFirst(try retryingInterrupts { Glibc.write(raw, part.baseAddress, part.count) })
        }
    }

    /// Writes every byte.
    package borrowing func writeAll(_ bytes: [UInt8]) throws(Errno) {
        var failure: Errno?
        bytes.withUnsafeBytes { buffer in
            do throws(Errno) { try writeAll(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Writes the bytes from the byte `offset` of a file on, as many as it takes in one call. Corresponds to `pwrite`.
    package borrowing func write(_ bytes: [UInt8], at offset: Int) throws(Errno) {
        let raw = raw
        _ = try retryingInterrupts { bytes.withUnsafeBytes { pwrite(raw, $0.baseAddress, $0.count, offset) } }
    }

    /// Writes the text as UTF-8.
    package borrowing func writeAll(_ text: String) throws(Errno) {
        try writeAll(Array(text.utf8))
    }

    /// Makes reads and writes return EAGAIN instead of waiting, or wait again. Corresponds to `fcntl(F_SETFL)`.
    package borrowing func setNonBlocking(_ on: Bool) throws(Errno) {
        let raw = raw
        let flags = try retryingInterrupts { fcntl(raw, F_GETFL) }
        try retryingInterrupts { fcntl(raw, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) }
    }

    /// Waits until there is something to read (or the other end is closed); false where `timeout` (ns) passes first.
    /// No timeout waits for ever. Corresponds to `poll`.
    package borrowing func awaitReadable(timeout: Int64?) throws(Errno) -> Bool {
        let milliseconds = timeout.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
        var request = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
        return try retryingInterrupts { poll(&request, 1, milliseconds) } > 0
    }
}

extension FileDescriptor {
    /// The two ends of a pipe.
    package struct Pair: ~Copyable, Sendable {
        /// The end to read from.
        package var first: FileDescriptor
        /// The end to write to.
        package var second: FileDescriptor

        /// Gives both up without closing them: the first and the second.
        package consuming func release() -> (Int32, Int32) { (first.release(), second.release()) }
    }

    /// A pipe: `first` reads what `second` wrote. Corresponds to `pipe2(O_CLOEXEC)`.
    package static func pipe() throws(Errno) -> Pair {
        var ends: [Int32] = [-1, -1]
        try retryingInterrupts { linux_pipe(&ends) }
        return Pair(first: FileDescriptor(owning: ends[0]), second: FileDescriptor(owning: ends[1]))
    }

}
