import Glibc

/// Standard error, unbuffered: Swift 6 does not let C's `stderr` through.
enum ErrorOutput {
    /// What cannot be written to standard error has nowhere else to go.
    static func write(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    /// Writes all of `text`, else leaves the reason in `errno`. Corresponds to `write`.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
