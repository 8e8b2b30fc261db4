internal import CLinux
internal import Glibc

/// An error number of the kernel: an open set, compared by value (errno(3)).
package struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number itself.
    package let code: Int32

    /// The error with this number.
    package init(_ code: Int32) {
        self.code = code
    }

    /// The error of the last failed call of this thread.
    package static var last: Errno { Errno(errno) }

    /// The symbol, such as `ENOENT`; the number where it has none.
    package var name: String {
        guard let name = linux_errno_name(code) else { return "errno \(code)" }
        return String(cString: name)
    }

    /// The text, such as `no such file or directory (ENOENT)`.
    package var description: String {
        guard let raw = linux_errno_text(code) else { return name }
        let text = String(cString: raw)
        let startsWithWord = text.dropFirst().first?.isLowercase ?? false
        let lowered = startsWithWord ? text.prefix(1).lowercased() + text.dropFirst() : text
        return "\(lowered) (\(name))"
    }

    /// Lets `catch Errno.exists` match.
    package static func ~= (pattern: Errno, error: any Error) -> Bool {
        switch error {
        case let error as Errno: error == pattern
        case let error as SystemCallError: error.errno == pattern
        default: false
        }
    }
}

extension Errno {
    /// EPERM.
    package static let notPermitted = Errno(EPERM)
    /// ENOENT.
    package static let noSuchFile = Errno(ENOENT)
    /// EINTR.
    package static let interrupted = Errno(EINTR)
    /// EAGAIN.
    package static let tryAgain = Errno(EAGAIN)
    /// EACCES.
    package static let accessDenied = Errno(EACCES)
    /// EBUSY.
    package static let busy = Errno(EBUSY)
    /// EEXIST.
    package static let exists = Errno(EEXIST)
    /// EINVAL.
    package static let invalidArgument = Errno(EINVAL)
    /// ENOSPC.
    package static let noSpace = Errno(ENOSPC)
    /// EIO.
    package static let inputOutput = Errno(EIO)
    /// ENOEXEC.
    package static let notExecutable = Errno(ENOEXEC)
}

/// Calls until the call is not interrupted by a signal; throws where it returns a negative number.
@discardableResult
package func retryingInterrupts<I: SignedInteger>(_ call: () -> I) throws(Errno) -> I {
    while true {
        let result = call()
        if result >= 0 { return result }
        let error = Errno.last
        if error != .interrupted { throw error }
    }
}
