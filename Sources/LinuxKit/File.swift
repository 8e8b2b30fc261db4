internal import Glibc

/// Whole files.
package enum File {
    /// The bytes of a file.
    package static func read(_ path: String) throws(SystemCallError) -> [UInt8] {
        let file = try FileDescriptor.open(path)
        return try SystemCallError.naming("read", path) { () throws(Errno) in try file.readAll() }
    }

    /// The text of a file; bytes that are no UTF-8 become U+FFFD.
    package static func readText(_ path: String) throws(SystemCallError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// Makes a file, or replaces one at once: readers see the old or the new bytes, never a part. The bytes are on the
    /// disk when it returns. Corresponds to `fsync` and `rename`.
    package static func write(_ bytes: [UInt8], to path: String) throws(SystemCallError) {
        let temporary = "\(path).new-\(getpid())"
        do throws(SystemCallError) {
            try writeDurably(bytes, to: temporary)
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw SystemCallError(error.operation, path, error.errno)
        }
    }

    /// Makes a file, or replaces one at once, with the text as UTF-8.
    package static func write(_ text: String, to path: String) throws(SystemCallError) {
        try write(Array(text.utf8), to: path)
    }

    /// Adds the text to the end of a file, which is made where it is missing.
    package static func append(_ text: String, to path: String) throws(SystemCallError) {
        let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
        try SystemCallError.naming("write to", path) { () throws(Errno) in try file.writeAll(text) }
    }

    /// Makes an empty file, or empties the one that is there.
    package static func clear(_ path: String) throws(SystemCallError) {
        _ = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// Gives a file another name, replacing what had it. Corresponds to `rename`.
    package static func rename(_ path: String, to target: String) throws(SystemCallError) {
        try SystemCallError.naming("rename", path) { () throws(Errno) in
            try retryingInterrupts { Glibc.rename(path, target) }
        }
    }

    /// Removes a file. Corresponds to `unlink`.
    package static func remove(_ path: String) throws(SystemCallError) {
        try SystemCallError.naming("remove", path) { () throws(Errno) in try retryingInterrupts { unlink(path) } }
    }

    /// Whether there is something of this name.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether there is a file of this name that the caller may execute.
    package static func isExecutable(_ path: String) -> Bool { kind(path) == .regular && access(path, X_OK) == 0 }

    /// What a name leads to, symbolic links followed; nil where there is nothing. Corresponds to `stat`.
    package static func kind(_ path: String) -> Kind? {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        return Kind(mode: information.st_mode)
    }

    /// The number that tells a file from all others of its file system. Corresponds to `stat`.
    package static func identity(_ path: String) throws(SystemCallError) -> UInt64 {
        var information = stat()
        try SystemCallError.naming("read", path) { () throws(Errno) in
            try retryingInterrupts { stat(path, &information) }
        }
        return UInt64(information.st_ino)
    }

    /// The size of a file in bytes. Corresponds to `stat`.
    package static func size(_ path: String) throws(SystemCallError) -> Int64 {
        Int64(try status(path).st_size)
    }

    /// When a file was written to last, in ns since 1970. Corresponds to `stat`.
    package static func modified(_ path: String) throws(SystemCallError) -> Int64 {
        let time = try status(path).st_mtim
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// What a name can lead to.
    package enum Kind: Sendable {
        case regular, directory, other

        init(mode: UInt32) {
            switch mode & S_IFMT {
            case S_IFREG: self = .regular
            case S_IFDIR: self = .directory
            default: self = .other
            }
        }
    }

    private static func status(_ path: String) throws(SystemCallError) -> stat {
        var information = stat()
        try SystemCallError.naming("read", path) { () throws(Errno) in
            try retryingInterrupts { stat(path, &information) }
        }
        return information
    }

    private static func writeDurably(_ bytes: [UInt8], to path: String) throws(SystemCallError) {
        let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        let raw = file.raw
        try SystemCallError.naming("write to", path) { () throws(Errno) in
            try file.writeAll(bytes)
            try retryingInterrupts { fsync(raw) }
        }
    }
}
