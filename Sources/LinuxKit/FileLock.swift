internal import Glibc

/// A lock between processes, held until this goes out of scope or the process ends. Corresponds to `flock`.
package struct FileLock: ~Copyable, Sendable {
    private let file: FileDescriptor

    /// Takes the lock of this file, which is made where it is missing; nil where another process holds it.
    package static func tryTaking(_ path: String) throws(SystemCallError) -> FileLock? {
        let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
        let raw = file.raw
        do throws(Errno) {
            try retryingInterrupts { flock(raw, LOCK_EX | LOCK_NB) }
        } catch {
            if error == .tryAgain { return nil }
            throw SystemCallError("lock", path, error)
        }
        return FileLock(file: file)
    }
}
