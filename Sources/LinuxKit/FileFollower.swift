internal import CLinux
internal import Glibc
internal import Synchronization

/// Hands on what another process writes to a file, as it is written.
///
/// Where that process runs in an embedded kernel its terminal would lose bytes under load, and a file does not.
package final class FileFollower: Sendable {
    private let reader: Condition<Thread?> = Condition(nil)
    private let isOver = Mutex(false)
    private let wake: FileDescriptor
    private let woken: FileDescriptor
    private let watch: FileDescriptor
    private let file: FileDescriptor

    /// Follows a file that exists, from its beginning. `onLine` is called on a thread of its own, one line at a time,
    /// without the line's end.
    package static func start(
        _ path: String, onLine: @escaping @Sendable (String) -> Void
    ) throws(SystemCallError) -> FileFollower {
        let splitter = Mutex(LineSplitter())
        return try start(path) { bytes in
            let lines = splitter.withLock { bytes.isEmpty ? $0.finish().map { [$0] } ?? [] : $0.add(bytes) }
            for line in lines { onLine(line) }
        }
    }

    /// The same for bytes: `onBytes` gets them as they come, and nothing at the end.
    package static func start(
        _ path: String, onBytes: @escaping @Sendable ([UInt8]) -> Void
    ) throws(SystemCallError) -> FileFollower {
        let follower = try FileFollower(path)
        try SystemCallError.naming("start", "a thread") { () throws(Errno) in
            let thread = try Thread.run(named: "follower") { follower.follow(onBytes) }
            follower.reader.change { $0 = thread }
        }
        return follower
    }

    /// Hands on what is left in the file, then ends. Nothing is handed on after it returns.
    package func finish() {
        isOver.withLock { $0 = true }
        // A pipe that is full has woken it already.
        try? wake.writeAll([0])
        reader.change { $0.take() }?.join()
    }

    private init(_ path: String) throws(SystemCallError) {
        let file = try FileDescriptor.open(path)
        let watch = try SystemCallError.naming("watch", path) { () throws(Errno) in
            FileDescriptor(owning: try retryingInterrupts { linux_watch_writes(path) })
        }
        let pair = try SystemCallError.naming("create", "a pipe") { () throws(Errno) in try FileDescriptor.pipe() }
        self.file = file
        self.watch = watch
        let ends = pair.release()
        woken = FileDescriptor(owning: ends.0)
        wake = FileDescriptor(owning: ends.1)
    }

    private func follow(_ onBytes: ([UInt8]) -> Void) {
        while true {
            // Asked before reading: what was written before the end is then read in any case.
            let isLast = isOver.withLock { $0 }
            while let bytes = try? file.read(upTo: 65536), !bytes.isEmpty {
                onBytes(bytes)
            }
            if isLast { break }
            var requests = [watch.raw, woken.raw].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&requests, 2, -1)
            _ = try? watch.read(upTo: 4096)
        }
        onBytes([])
    }
}
