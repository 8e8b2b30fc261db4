internal import Glibc
internal import LinuxKit

/// A file that is only added to, in large pieces.
final class BytesFile {
    private let path: String
    private let file: FileDescriptor
    private var pending: [UInt8] = []
    private var size: Int64 = 0

    init(_ path: String) throws(SystemCallError) {
        self.path = path
        file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// Returns where the bytes will lie.
    @discardableResult func add(_ bytes: [UInt8]) -> Int64 {
        defer { size += Int64(bytes.count) }
        pending += bytes
        return size
    }

    func flush() throws(SystemCallError) {
        try SystemCallError.naming("write to", path) { () throws(Errno) in try file.writeAll(pending) }
        pending.removeAll(keepingCapacity: true)
    }
}
