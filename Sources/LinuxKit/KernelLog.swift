internal import Glibc

/// What the running kernel has written to its log.
package enum KernelLog {
    /// The records that it still has, oldest first, each without its prefix; none where it may not be read. Corresponds to
    /// reads of `/dev/kmsg`, which give one record each (Documentation/ABI/testing/dev-kmsg).
    package static func records() -> [String] {
        guard let log = try? FileDescriptor.open("/dev/kmsg", O_RDONLY | O_NONBLOCK) else { return [] }
        var records: [String] = []
        // Its end is EAGAIN.
        while let bytes = try? log.read(upTo: 8192), !bytes.isEmpty {
            let text = String(decoding: bytes, as: UTF8.self)
            let line = text.prefix { $0 != "\n" }
            if let semicolon = line.firstIndex(of: ";") {
                records.append(String(line[line.index(after: semicolon)...]))
            }
        }
        return records
    }
}
