internal import LinuxKit

/// Who hears what the inner side prints while it prints it, on a thread of its own.
package enum EngineListener: Sendable {
    /// A line at a time.
    case lines(@Sendable (String) -> Void)
    /// Byte by byte as it was printed; nothing at the end.
    case bytes(@Sendable ([UInt8]) -> Void)

    func follow(_ path: String) throws(SystemCallError) -> FileFollower {
        switch self {
        case .lines(let hear): try FileFollower.start(path, onLine: hear)
        case .bytes(let hear): try FileFollower.start(path, onBytes: hear)
        }
    }
}
