/// A probability or ratio from 0 to 1.
package struct Probability: Hashable, Comparable, Sendable {
    package var value: Double

    /// Returns `nil` for what is no number from 0 to 1.
    package init?(_ value: Double) {
        guard value >= 0, value <= 1 else { return nil }
        self.value = value
    }

    package static let zero = Probability(clamping: 0)

    /// The nearest probability to `value`.
    package init(clamping value: Double) {
        self.value = min(max(value, 0), 1)
    }

    package static func < (left: Probability, right: Probability) -> Bool { left.value < right.value }
}

/// A probability is a number from 0 to 1 in JSON.
extension Probability: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(clamping: try decoder.singleValueContainer().decode(Double.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
