internal import Glibc

extension FileDescriptor {
    /// Whether a descriptor is /dev/null, or none at all.
    package static func leadsNowhere(_ raw: Int32) -> Bool {
        var here = stat()
        var null = stat()
        guard fstat(raw, &here) == 0 else { return true }
        return stat("/dev/null", &null) == 0 && here.st_mode & S_IFMT == S_IFCHR && here.st_rdev == null.st_rdev
    }
}
