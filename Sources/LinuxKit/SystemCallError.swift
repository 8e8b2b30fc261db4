/// A call of the kernel that failed, with what it was about.
package struct SystemCallError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `create`, `write to`.
    package let operation: String
    /// What it was tried on: a path, most often.
    package let object: String
    /// Why the kernel refused.
    package let errno: Errno

    /// The failure of `operation` on `object`.
    package init(_ operation: String, _ object: String, _ errno: Errno) {
        self.operation = operation
        self.object = object
        self.errno = errno
    }

    /// `cannot open /x/y: no such file or directory (ENOENT)`.
    package var description: String { "cannot \(operation) \(object): \(errno)" }

    /// Runs a call and names what it was about where it fails.
    @discardableResult
    package static func naming<R: ~Copyable>(
        _ operation: String, _ object: String, _ call: () throws(Errno) -> R
    ) throws(SystemCallError) -> R {
        do {
            return try call()
        } catch {
            throw SystemCallError(operation, object, error)
        }
    }
}
