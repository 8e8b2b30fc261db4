/// A size in bytes.
package struct ByteCount: Hashable, Comparable, Sendable {
    package var bytes: Int64

    package init(_ bytes: Int64) {
        self.bytes = bytes
    }

    /// Ethernet's largest frame: a packet of 1500 bytes and the Ethernet header of 14; the kernel counts no frame check
    /// sequence.
    package static let largestFrame = ByteCount(1514)

    /// Ethernet's largest packet, without its header.
    package static let ethernetMTU = ByteCount(1500)

    /// The frame around a packet of this size.
    package var framed: ByteCount { ByteCount(bytes + 14) }

    /// The packet in a frame of this size.
    package var unframed: ByteCount { ByteCount(bytes - 14) }

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
