package import LinuxKit

/// A request that the kernel refused, or a socket that could not be had.
package struct NetlinkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `add netem to`.
    package let operation: String
    /// What it was tried on, such as `port-r`.
    package let object: String
    /// Why the kernel refused.
    package let errno: Errno
    /// The kernel's own words (extended acknowledgement), or ours where they say it better.
    package let reason: String?

    /// The failure of `operation` on `object`.
    package init(operation: String, object: String, errno: Errno, reason: String? = nil) {
        self.operation = operation
        self.object = object
        self.errno = errno
        self.reason = reason
    }

    /// `cannot add netem to port-r: kernel has no sch_netem`.
    package var description: String {
        "cannot \(operation) \(object): " + (reason ?? errno.description)
    }

    /// The same failure with a reason that says more than the kernel did.
    func explained(as reason: String) -> NetlinkError {
        NetlinkError(operation: operation, object: object, errno: errno, reason: reason)
    }
}
