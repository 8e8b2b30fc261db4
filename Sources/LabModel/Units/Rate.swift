/// A data rate in bits per second, zero or more; decimal multiples, as in `tc`.
package struct Rate: Hashable, Comparable, Sendable {
    package var bitsPerSecond: Int64

    package init(bitsPerSecond: Int64) {
        self.bitsPerSecond = bitsPerSecond
    }

    package static func < (left: Rate, right: Rate) -> Bool {
        left.bitsPerSecond < right.bitsPerSecond
    }

    /// The time that `size` takes at this rate; a rate of zero never ends and gives `nil`.
    package func time(for size: ByteCount) -> TimeSpan? {
        guard bitsPerSecond > 0 else { return nil }
        return TimeSpan(seconds: Double(size.bytes) * 8 / Double(bitsPerSecond))
    }

    /// How much passes in `span` at this rate, rounded down to whole bytes.
    package func bytes(in span: TimeSpan) -> ByteCount {
        ByteCount(Int64(Double(bitsPerSecond) / 8 * span.seconds))
    }
}

/// A rate is a whole number of bits per second in JSON.
extension Rate: Codable {
    package init(from decoder: any Decoder) throws {
        bitsPerSecond = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bitsPerSecond)
    }
}
