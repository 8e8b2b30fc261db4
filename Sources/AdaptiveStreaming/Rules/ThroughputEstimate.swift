package import LabModel

/// What the network gives, from the transfers that were seen: bytes over time, each transfer weighed by how long ago it
/// ended. Two such means, one that forgets fast and one that forgets slowly; the lesser counts, so that a drop is seen at
/// once and a peak is not trusted.
///
/// Of a segment that came whole its second half counts: in the first TCP's slow start still grows, which says how far the
/// server is and not how much the network carries. What that and the round trip cost is kept apart, as the time that each
/// segment loses: a rule must leave room for it.
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
    /// Of segments that came whole, from when they were asked for.
    package private(set) var lost = TimeSpan.zero
    private var segments = 0

    package static let halfLives = (fast: TimeSpan.seconds(2), slow: TimeSpan.seconds(8))
    /// What the newest segment adds to the mean of the time lost, once there are some.
    private static let newest = 0.3
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

    /// Adds a segment that came whole.
    ///
    /// - Parameters:
    ///   - bytes: of its second half that came in `span`.
    ///   - body: all of it, in `total`, from the request on.
    package mutating func add(
        bytes: Int64, over span: TimeSpan, of body: Int64, in total: TimeSpan, at time: Timestamp
    ) {
        guard bytes >= Self.leastBytes, span > .zero else { return }
        add(bytes: bytes, over: span, at: time)
        let moving = span.seconds * Double(body) / Double(bytes)
        segments += 1
        let share = max(Self.newest, 1 / Double(segments))
        lost = .seconds(lost.seconds + share * (max(total.seconds - moving, 0) - lost.seconds))
    }

    /// Nil before the first sample.
    package var rate: Rate? {
        means.compactMap(\.rate).min().map { Rate(bitsPerSecond: Int64(min($0, 1e15))) }
    }
}
