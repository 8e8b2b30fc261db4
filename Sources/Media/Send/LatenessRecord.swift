internal import LabModel

/// How late packets left, as a distribution.
struct LatenessRecord {
    private var values: [Int64] = []

    mutating func add(_ nanoseconds: Int64, times count: Int) {
        values.append(contentsOf: repeatElement(nanoseconds, count: count))
    }

    /// Nil where there was no packet.
    var distribution: Distribution? {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let count = Double(sorted.count)
        let mean = sorted.reduce(0.0) { $0 + Double($1) } / count
        let variance = sorted.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        func rank(_ share: Double) -> TimeSpan {
            TimeSpan(nanoseconds: sorted[min(sorted.count - 1, Int(share * count))])
        }
        return Distribution(
            count: Int64(sorted.count), minimum: TimeSpan(nanoseconds: first), mean: TimeSpan(nanoseconds: Int64(mean)),
            standardDeviation: TimeSpan(nanoseconds: Int64(variance.squareRoot())), p50: rank(0.5), p95: rank(0.95),
            p99: rank(0.99), maximum: TimeSpan(nanoseconds: last))
    }
}
