internal import Glibc
package import LinuxKit

extension Errno {
    /// EOPNOTSUPP: what rtnetlink says of a kind of link that it has not.
    package static let notSupported = Errno(EOPNOTSUPP)
    /// ENODEV.
    package static let noSuchDevice = Errno(ENODEV)
}
