/// A size in bytes.
package struct ByteCount: Hashable, Comparable, Sendable {
    package var bytes: Int64

    package init(_ bytes: Int64) {
        self.bytes = bytes
    }

    /// The lab's largest frame: a packet of 1500 bytes and the Ethernet header of 14; the kernel counts no frame check
    /// sequence.
    package static let largestFrame = ByteCount(1514)

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

/// A size is a whole number of bytes in JSON.
extension ByteCount: Codable {
    package init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
