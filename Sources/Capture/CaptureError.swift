internal import CPcap

/// Why a capture cannot be opened, in libpcap's words.
package struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `capture on`, `write`.
    package let operation: String
    /// A file or an interface.
    package let object: String
    package let reason: String

    package var description: String { "cannot \(operation) \(object): \(reason)" }
}

extension CaptureError {
    /// The words that libpcap put into a buffer.
    static func text(_ reason: [CChar]) -> String {
        String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The words for the last failure of a capture. Corresponds to `pcap_geterr`.
    static func last(of handle: OpaquePointer) -> String {
        pcap_geterr(handle).map { String(cString: $0) } ?? "unknown"
    }
}
