internal import CLinux
internal import Glibc

/// Folders and links.
package enum Directory {
    /// Makes a folder and those above it that are missing.
    package static func make(_ path: String) throws(SystemCallError) {
        if File.kind(path) == .directory { return }
        let parent = parent(of: path)
        if parent != path { try make(parent) }
        do throws(Errno) {
            try retryingInterrupts { mkdir(path, 0o755) }
        } catch {
            // Another process may have been quicker.
            if error == .exists, File.kind(path) == .directory { return }
            throw SystemCallError("create", path, error)
        }
    }

    /// Makes a folder that is not there yet, in one that is; false where something has that name. Of several that ask at
    /// once, one makes it. Corresponds to `mkdir`.
    package static func makeNew(_ path: String) throws(SystemCallError) -> Bool {
        do throws(Errno) {
            try retryingInterrupts { mkdir(path, 0o755) }
            return true
        } catch {
            if error == .exists { return false }
            throw SystemCallError("create", path, error)
        }
    }

    /// Makes a folder of a new name that begins with `prefix`. Corresponds to `mkdtemp`.
    package static func makeUnique(_ prefix: String) throws(SystemCallError) -> String {
        var template = Array((prefix + "XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemCallError("create", prefix + "...", .last) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The names in a folder, sorted, without `.` and `..`.
    package static func list(_ path: String) throws(SystemCallError) -> [String] {
        guard let stream = opendir(path) else { throw SystemCallError("open", path, .last) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file or a folder with all that is in it; follows no link. Nothing happens where there is nothing.
    package static func removeTree(_ path: String) throws(SystemCallError) {
        var information = stat()
        if lstat(path, &information) < 0 {
            let error = Errno.last
            if error == .noSuchFile { return }
            throw SystemCallError("remove", path, error)
        }
        guard information.st_mode & S_IFMT == S_IFDIR else { return try File.remove(path) }
        for name in try list(path) { try removeTree("\(path)/\(name)") }
        try SystemCallError.naming("remove", path) { () throws(Errno) in try retryingInterrupts { rmdir(path) } }
    }

    /// Makes `path` a symbolic link to `target`, replacing at once what was there. Corresponds to `symlink`, `rename`.
    package static func link(_ path: String, to target: String) throws(SystemCallError) {
        // Another thread may be linking the same path.
        let temporary = "\(path).new-\(getpid())-\(pthread_self())"
        unlink(temporary)
        try SystemCallError.naming("create", path) { () throws(Errno) in
            try retryingInterrupts { symlink(target, temporary) }
        }
        do throws(SystemCallError) {
            try File.rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw SystemCallError("create", path, error.errno)
        }
    }

    /// The path without its last part.
    package static func parent(of path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What a symbolic link holds. Corresponds to `readlink`.
    package static func target(ofLink path: String) throws(SystemCallError) -> String {
        try SystemCallError.naming("read", path) { () throws(Errno) in
            guard let target = linux_link_target(path) else { throw .last }
            defer { free(target) }
            return String(cString: target)
        }
    }

    /// The path from the root, links resolved. Corresponds to `realpath`, but asks once for the whole path and not once
    /// for each part: a question that is answered with an error takes time in virtual time.
    package static func resolve(_ path: String) throws(SystemCallError) -> String {
        try SystemCallError.naming("find", path) { () throws(Errno) in
            guard let resolved = linux_resolve(path) else { throw .last }
            defer { free(resolved) }
            return String(cString: resolved)
        }
    }

    /// The folder that relative paths start from. Corresponds to `getcwd`.
    package static func current() throws(SystemCallError) -> String { try resolve(".") }
}
