internal import LabModel

/// Judges measured jitter against the in-order envelope that the very same packets should have met.
///
/// The path's netem is simulated many times for the packets that came. Each time gives a median, a spread and a distance
/// from the distribution of all times together: so how much these figures differ by chance alone is known, although
/// neighbouring packets depend on each other, and the measured figures are held against that.
struct EnvelopeTest {
    struct Outcome {
        /// The median: a hiccup of the machine moves it less than a mean.
        var centre: TimeSpan
        var predictedCentre: TimeSpan
        var centreTolerance: TimeSpan
        /// From the 5th to the 95th percentile.
        var spread: TimeSpan
        var predictedSpread: TimeSpan
        var spreadTolerance: TimeSpan
        /// Kolmogorov-Smirnov distance from the prediction, and the greatest that chance explains; `nil` for packets
        /// that waited, whose wait smears the distribution.
        var distance: Double?
        var distanceLimit: Double?
    }

    /// What was measured, and what each simulation says, of the same packets.
    private struct Sample {
        var measured: LinearHistogram
        var replicas: [LinearHistogram]

        init(like empty: LinearHistogram) {
            measured = empty
            replicas = Array(repeating: empty, count: EnvelopeTest.replicaCount)
        }
    }

    /// Packets that did not wait for others, and those that did: in real time the bottleneck's own pace shows in these.
    private var alone: Sample
    private var queued: Sample
    private var models: [PathModel]

    static let replicaCount = 24
    /// A packet's way through bridges and wakeups, over and above the model, in real time; behind a queue, whatever
    /// held up the machine while the queue was never empty.
    private static let floor = TimeSpan.milliseconds(0.5)
    private static let queuedFloor = TimeSpan.milliseconds(2)

    init(phase: LinkPhase) {
        let impairment = phase.effective
        let width = impairment.jitter + .milliseconds(1)
        let empty = LinearHistogram(from: impairment.delay - width, to: impairment.delay + width + .milliseconds(4))
        alone = Sample(like: empty)
        queued = Sample(like: empty)
        models = (0..<Self.replicaCount).map { PathModel(seed: UInt64($0) &* 0x1234_5678_9abc_def1 &+ 7) }
    }

    mutating func add(_ passage: Passage, arrival: Timestamp, in phase: LinkPhase) {
        let wasAlone = passage.waitedForNone
        let measured = arrival - passage.departure
        if wasAlone { alone.measured.add(measured) } else { queued.measured.add(measured) }
        for index in models.indices {
            let delay = models[index].delay(of: passage.fate.size, entering: passage.departure, in: phase)
            if wasAlone { alone.replicas[index].add(delay) } else { queued.replicas[index].add(delay) }
        }
    }

    /// By the packets that did not wait where there are enough of them; `nil` for fewer packets than tell anything.
    var outcome: Outcome? {
        if alone.measured.count >= 100 { return Self.outcome(of: alone, floor: Self.floor) }
        guard queued.measured.count >= 30 else { return nil }
        var outcome = Self.outcome(of: queued, floor: Self.queuedFloor)
        (outcome.distance, outcome.distanceLimit) = (nil, nil)
        return outcome
    }

    private static func outcome(of sample: Sample, floor: TimeSpan) -> Outcome {
        let (measured, replicas) = (sample.measured, sample.replicas)
        var pooled = replicas[0]
        for replica in replicas.dropFirst() { pooled.merge(replica) }
        let distances = replicas.map { $0.distance(to: pooled) }
        return Outcome(
            centre: measured.centre, predictedCentre: pooled.centre,
            centreTolerance: tolerance(replicas.map(\.centre.seconds), floor),
            spread: measured.spread, predictedSpread: pooled.spread,
            spreadTolerance: tolerance(replicas.map(\.spread.seconds), floor),
            distance: measured.distance(to: pooled, ignoring: floor),
            distanceLimit: 1.5 * (distances.max() ?? 0) + 0.02)
    }

    /// Four standard deviations of what chance alone does, and no less than the floor.
    private static func tolerance(_ values: [Double], _ floor: TimeSpan) -> TimeSpan {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return max(floor, TimeSpan(seconds: 4 * variance.squareRoot()))
    }
}

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

    /// The greatest distance of the two cumulative distributions, once a difference of the medians up to `shift` has been
    /// taken off: the centre is judged by itself, and a tenth of a millisecond means much to a narrow distribution.
    func distance(to other: LinearHistogram, ignoring shift: TimeSpan = .zero) -> Double {
        guard count > 0, other.count > 0 else { return 1 }
        let offset = min(max((centre - other.centre).seconds, -shift.seconds), shift.seconds)
        let moved = Int((offset / width).rounded())
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
