/// Drops or marks on arrival with a probability that grows with the average queue (Floyd and Jacobson, 1993; `red`).
package struct RED: Codable, Hashable, Sendable {
    /// Bytes that it holds; more are dropped on arrival.
    package var limit: ByteCount
    /// The average queue below which nothing is dropped.
    package var min: ByteCount
    /// The average queue above which everything is.
    package var max: ByteCount
    /// The probability just below `max`.
    package var probability: Probability
    /// Packets in a burst that may pass; how slowly the average follows the queue.
    package var burst: Int
    /// The size of a usual packet, which together with `bandwidth` says how the average sinks while nothing waits.
    package var averagePacket: ByteCount
    package var bandwidth: Rate
    /// Whether packets that can be marked are marked in place of being dropped.
    package var ecn: Bool
    /// Whether above `max` packets are dropped even where they could be marked.
    package var hardDrop: Bool
    /// Whether the probability follows the average by itself (Floyd, Gummadi and Shenker, 2001).
    package var adaptive: Bool

    package init(
        limit: ByteCount, min: ByteCount, max: ByteCount, burst: Int, bandwidth: Rate,
        probability: Probability = Probability(clamping: 0.02), averagePacket: ByteCount = ByteCount(1000),
        ecn: Bool = false, hardDrop: Bool = false, adaptive: Bool = false
    ) {
        self.limit = limit
        self.min = min
        self.max = max
        self.burst = burst
        self.bandwidth = bandwidth
        self.probability = probability
        self.averagePacket = averagePacket
        self.ecn = ecn
        self.hardDrop = hardDrop
        self.adaptive = adaptive
    }

    /// `tc-red(8)`'s advice where nothing is said: for packets up to `min`, a third less for those up to `max`.
    package static func burst(min: ByteCount, max: ByteCount, averagePacket: ByteCount) -> Int {
        Swift.max(1, Int((2 * min.bytes + max.bytes) / (3 * averagePacket.bytes)))
    }
}

extension RED {
    /// How slowly the average follows the queue: each packet moves it by 2 to the power of minus this. The least with
    /// which a burst of `burst` packets onto an empty queue leaves the average below `min` (Floyd and Jacobson's
    /// equation 3); `nil` where `burst` packets do not even fill `min`, or none will do.
    package var weightLog: Int? {
        let excess = Double(burst) + 1 - Double(min.bytes) / Double(averagePacket.bytes)
        guard excess >= 1 else { return nil }
        return (1..<32).first { log in
            let weight = 1 / Double(1 << log)
            return excess <= (1 - Self.power(1 - weight, burst)) / weight
        }
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
