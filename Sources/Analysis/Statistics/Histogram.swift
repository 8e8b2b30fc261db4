internal import LabModel

/// A distribution of times in fixed memory: exact count, mean, spread and ends, and percentiles within 0.4 %.
///
/// The buckets are log-linear: exact below 256 ns, then 128 to each doubling. Negative times have buckets of their own.
struct Histogram {
    private(set) var count: Int64 = 0
    private var mean = 0.0
    private var squares = 0.0
    private var minimum = Int64.max
    private var maximum = Int64.min
    private var positive: [Int64] = []
    private var negative: [Int64] = []

    mutating func add(_ time: TimeSpan) {
        let value = time.nanoseconds
        count += 1
        // Welford's recurrence: a sum of squares would lose the spread of times that differ little.
        let distance = Double(value) - mean
        mean += distance / Double(count)
        squares += distance * (Double(value) - mean)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if value >= 0 {
            Self.count(Self.bucket(UInt64(value)), in: &positive)
        } else {
            Self.count(Self.bucket(value.magnitude), in: &negative)
        }
    }

    /// The time that a share `rank` of the times do not exceed (nearest rank); `nil` of nothing.
    func percentile(_ rank: Double) -> TimeSpan? {
        guard count > 0 else { return nil }
        var left = min(max(Int64((rank * Double(count)).rounded(.up)), 1), count)
        for (bucket, number) in negative.enumerated().reversed() where number > 0 {
            left -= number
            if left <= 0 { return clamped(-Self.middle(of: bucket)) }
        }
        for (bucket, number) in positive.enumerated() where number > 0 {
            left -= number
            if left <= 0 { return clamped(Self.middle(of: bucket)) }
        }
        return TimeSpan(nanoseconds: maximum)
    }

    var average: TimeSpan? { count > 0 ? TimeSpan(nanoseconds: Int64(mean.rounded())) : nil }

    /// Of the times themselves, not of a population that they were drawn from.
    var standardDeviation: TimeSpan? {
        count > 0 ? TimeSpan(nanoseconds: Int64((squares / Double(count)).squareRoot().rounded())) : nil
    }

    var distribution: Distribution? {
        guard let average, let standardDeviation, let p50 = percentile(0.5), let p95 = percentile(0.95),
            let p99 = percentile(0.99)
        else { return nil }
        return Distribution(
            count: count, minimum: TimeSpan(nanoseconds: minimum), mean: average,
            standardDeviation: standardDeviation, p50: p50, p95: p95, p99: p99,
            maximum: TimeSpan(nanoseconds: maximum))
    }

    private func clamped(_ value: Int64) -> TimeSpan { TimeSpan(nanoseconds: min(max(value, minimum), maximum)) }

    private static func count(_ bucket: Int, in buckets: inout [Int64]) {
        if bucket >= buckets.count { buckets += Array(repeating: 0, count: bucket + 1 - buckets.count) }
        buckets[bucket] += 1
    }

    private static func bucket(_ value: UInt64) -> Int {
        guard value >= 256 else { return Int(value) }
        let octave = 63 - value.leadingZeroBitCount - 7
        return octave << 7 + Int(value >> UInt64(octave))
    }

    private static func middle(of bucket: Int) -> Int64 {
        guard bucket >= 256 else { return Int64(bucket) }
        let octave = (bucket >> 7) - 1
        let low = Int64(bucket - octave << 7) << Int64(octave)
        return low + (Int64(1) << Int64(octave)) / 2
    }
}

extension Distribution {
    /// Of times that are all at hand.
    init?(of times: some Sequence<TimeSpan>) {
        var histogram = Histogram()
        for time in times { histogram.add(time) }
        guard let distribution = histogram.distribution else { return nil }
        self = distribution
    }
}
