internal import LabModel

/// Times in 512 equal buckets; what lies outside counts in the first or the last.
struct LinearHistogram {
    private(set) var count: Int64 = 0
    private let start: Double
    private let width: Double
    private var buckets: [Int64] = Array(repeating: 0, count: 512)

    init(from start: TimeSpan, to end: TimeSpan) {
        self.start = start.seconds
        width = (end - start).seconds / 512
    }

    mutating func add(_ time: TimeSpan) {
        let place = (time.seconds - start) / width
        buckets[Int(min(max(place, 0), 511))] += 1
        count += 1
    }

    mutating func merge(_ other: LinearHistogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
    }

    var centre: TimeSpan { TimeSpan(seconds: percentile(0.5)) }

    /// From the 5th to the 95th percentile.
    var spread: TimeSpan { TimeSpan(seconds: percentile(0.95) - percentile(0.05)) }

    /// The greatest distance of the two cumulative distributions, once one was moved by up to `shift` to where they are
    /// nearest: the centre is judged by itself, and a tenth of a millisecond means much to a narrow distribution. (Between
    /// two peaks the medians say nothing of how far they are apart.)
    func distance(to other: LinearHistogram, ignoring shift: TimeSpan = .zero) -> Double {
        guard count > 0, other.count > 0 else { return 1 }
        let furthest = Int((shift.seconds / width).rounded())
        return (-furthest...furthest).map { distance(to: other, moved: $0) }.min() ?? 1
    }

    private func distance(to other: LinearHistogram, moved: Int) -> Double {
        var (mine, theirs, greatest) = (0.0, 0.0, 0.0)
        for index in min(0, -moved)..<buckets.count + max(0, -moved) {
            mine += Double(bucket(index + moved)) / Double(count)
            theirs += Double(other.bucket(index)) / Double(other.count)
            greatest = max(greatest, abs(mine - theirs))
        }
        return greatest
    }

    private func bucket(_ index: Int) -> Int64 { buckets.indices.contains(index) ? buckets[index] : 0 }

    /// Linear within the bucket.
    private func percentile(_ rank: Double) -> Double {
        let target = rank * Double(count)
        var below = 0.0
        for (index, number) in buckets.enumerated() where number > 0 {
            if below + Double(number) >= target {
                return start + (Double(index) + (target - below) / Double(number)) * width
            }
            below += Double(number)
        }
        return start + 512 * width
    }
}
