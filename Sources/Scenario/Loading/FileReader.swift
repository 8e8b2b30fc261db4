import Glibc

/// Why a file could not be read.
package struct FileProblem: Error, Sendable, Hashable {
    package let reason: String

    static var last: FileProblem { FileProblem(reason: String(cString: strerror(errno)).lowercased()) }
}

/// Reads regular files only, and no more of one than asked.
enum FileReader {
    /// The first `limit` bytes. Corresponds to `read`.
    static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
        let descriptor = try open(path)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limit {
            let wanted = min(buffer.count, limit - bytes.count)
            let count = Glibc.read(descriptor, &buffer, wanted)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Throws unless `path` is a regular file that may be read.
    static func checkReadable(_ path: String) throws(FileProblem) {
        close(try open(path))
    }

    /// Does not wait for the other end of a pipe. Corresponds to `open` and `fstat`.
    private static func open(_ path: String) throws(FileProblem) -> Int32 {
        guard !path.utf8.contains(0) else { throw FileProblem(reason: "the path holds a NUL byte") }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .last }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            defer { close(descriptor) }
            throw .last
        }
        switch facts.st_mode & S_IFMT {
        case S_IFREG: return descriptor
        case S_IFDIR:
            close(descriptor)
            throw FileProblem(reason: "is a folder")
        default:
            close(descriptor)
            throw FileProblem(reason: "is no regular file")
        }
    }

    static func isFile(_ path: String) -> Bool {
        var facts = stat()
        return !path.utf8.contains(0) && stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return !path.utf8.contains(0) && stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; none when it cannot be read. Corresponds to `readdir`.
    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
