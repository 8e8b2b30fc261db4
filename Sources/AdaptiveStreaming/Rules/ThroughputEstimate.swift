package import LabModel

/// What the network gives, from the transfers that were seen: bytes over time, each transfer weighed by how long ago it
/// ended. Two such means, one that forgets fast and one that forgets slowly; the lesser counts, so that a drop is seen at
/// once and a peak is not trusted.
package struct ThroughputEstimate: Hashable, Sendable {
    private struct Mean: Hashable {
        let halfLife: Double
        var bytes = 0.0
        var seconds = 0.0

        mutating func age(by span: TimeSpan) {
            let weight = pow2(-span.seconds / halfLife)
            bytes *= weight
            seconds *= weight
        }

        var rate: Double? { seconds > 0 ? bytes * 8 / seconds : nil }
    }

    private var means = [halfLives.fast, halfLives.slow].map { Mean(halfLife: $0.seconds) }
    private var last: Timestamp?

    package static let halfLives = (fast: TimeSpan.seconds(2), slow: TimeSpan.seconds(8))
    /// A sample of less says more of packets than of the network.
    static let leastBytes: Int64 = 8192

    package init() {}

    /// - Parameters:
    ///   - bytes: that came while the transfer was the network's to make: of a piece that is still being made, without
    ///     the time that it was waited for.
    ///   - span: how long they took.
    package mutating func add(bytes: Int64, over span: TimeSpan, at time: Timestamp) {
        guard bytes >= Self.leastBytes, span > .zero else { return }
        let age = last.map { max(time - $0, .zero) } ?? .zero
        last = time
        for index in means.indices {
            means[index].age(by: age)
            means[index].bytes += Double(bytes)
            means[index].seconds += span.seconds
        }
    }

    /// Nil before the first sample.
    package var rate: Rate? {
        means.compactMap(\.rate).min().map { Rate(bitsPerSecond: Int64(min($0, 1e15))) }
    }
}
