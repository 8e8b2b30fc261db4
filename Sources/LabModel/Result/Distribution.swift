/// How a measured time spreads; all in seconds.
package struct Distribution: Codable, Hashable, Sendable {
    package var count: Int64
    package var minimum: TimeSpan
    package var mean: TimeSpan
    package var standardDeviation: TimeSpan
    package var p50: TimeSpan
    package var p95: TimeSpan
    package var p99: TimeSpan
    package var maximum: TimeSpan

    package init(
        count: Int64, minimum: TimeSpan, mean: TimeSpan, standardDeviation: TimeSpan, p50: TimeSpan, p95: TimeSpan,
        p99: TimeSpan, maximum: TimeSpan
    ) {
        self.count = count
        self.minimum = minimum
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
        self.maximum = maximum
    }
}
