import FoundationEssentials

extension Error {
    /// Why a file could not be read or written, in the system's words where Foundation has its own.
    var fileFailure: String {
        switch (self as? CocoaError)?.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: "No such file or directory"
        case .fileReadNoPermission, .fileWriteNoPermission: "Permission denied"
        case .fileWriteOutOfSpace: "No space left on device"
        case .fileWriteVolumeReadOnly: "Read-only file system"
        default: "\(self)"
        }
    }
}
