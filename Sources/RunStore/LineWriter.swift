internal import Glibc
package import LinuxKit
internal import Synchronization

/// A file of one JSON value a line, added to by any thread; what was added is in the file when `append` returns.
package final class LineWriter<Value: Encodable & Sendable>: Sendable {
    private let file: FileDescriptor
    private let path: String
    private let order = Mutex(())

    /// Makes the file, or goes on behind what is in it.
    package init(_ path: String) throws(SystemCallError) {
        self.path = path
        file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
    }

    package func append(_ value: Value) throws(RunStoreError) {
        try append([value])
    }

    /// Adds all of them in one write.
    package func append(_ values: [Value]) throws(RunStoreError) {
        do {
            var text: [UInt8] = []
            for value in values { text += try JSONText.line(value) }
            try order.withLock { _ in try file.writeAll(text) }
        } catch {
            throw RunStoreError(operation: "write", file: path, reason: "\(error)")
        }
    }
}
