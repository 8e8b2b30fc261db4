internal import LabModel

/// Judges the times that packets took on the path against what chance should have made of the very same packets: their
/// delays, in order or not, and who overtook whom.
///
/// The path's netem is simulated many times for the packets that came. Each time gives a median, a spread, a distance
/// from the distribution of all times together, and a number of packets out of order: so how much these figures differ
/// by chance alone is known, although neighbouring packets depend on each other, and the measured figures are held
/// against that.
struct EnvelopeTest {
    /// Packets that did not wait for others, and those that did: in real time the bottleneck's own pace shows in these.
    private var alone: Sample
    private var queued: Sample
    private var models: [PathModel]
    private var orders: [OrderCount]
    private var overtakers: [Int64]
    private var measuredOvertakers: Int64 = 0
    private var measuredReordered: Int64 = 0
    private(set) var count: Int64 = 0
    /// A packet that takes less overtook, and its delay is none of the distribution's; below zero where none may.
    private let overtaking: TimeSpan

    static let replicaCount = 24
    /// A packet's way through bridges and wakeups, over and above the model, in real time; behind a queue, whatever
    /// held up the machine while the queue was never empty.
    private static let floor = TimeSpan.milliseconds(0.5)
    private static let queuedFloor = TimeSpan.milliseconds(2)

    init(phase: LinkPhase) {
        let delays = phase.effective.pathDelays
        let empty = LinearHistogram(
            from: delays.lowerBound - .milliseconds(1), to: delays.upperBound + .milliseconds(5))
        alone = Sample(like: empty)
        queued = Sample(like: empty)
        models = (0..<Self.replicaCount).map {
            PathModel(seed: UInt64($0) &* 0x1234_5678_9abc_def1 &+ 7, phase: phase)
        }
        orders = Array(repeating: OrderCount(), count: Self.replicaCount)
        overtakers = Array(repeating: 0, count: Self.replicaCount)
        overtaking =
            phase.effective.path.reorder == nil
            ? .seconds(-1) : TimeSpan(nanoseconds: phase.effective.delay.nanoseconds / 2)
    }

    mutating func add(_ passage: Passage, arrival: Timestamp) {
        let wasAlone = passage.waitedForNone
        let measured = arrival - passage.departure
        if passage.fate.reordered { measuredReordered += 1 }
        if measured < overtaking {
            measuredOvertakers += 1
        } else if wasAlone {
            alone.measured.add(measured)
        } else {
            queued.measured.add(measured)
        }
        count += 1
        for index in models.indices {
            let delay = models[index].next(passage.fate.size, entering: passage.departure).delay
            orders[index].add(arrival: passage.departure + delay, sentAt: passage.departure)
            if delay < overtaking {
                overtakers[index] += 1
            } else if wasAlone {
                alone.replicas[index].add(delay)
            } else {
                queued.replicas[index].add(delay)
            }
        }
    }

    /// By the packets that did not wait where there are enough of them; `nil` for fewer packets than tell anything.
    var outcome: Outcome? {
        if alone.measured.count >= 100 { return Outcome(alone, floor: Self.floor) }
        guard queued.measured.count >= 30 else { return nil }
        var outcome = Outcome(queued, floor: Self.queuedFloor)
        (outcome.distance, outcome.distanceLimit) = (nil, nil)
        return outcome
    }

    /// Packets that came behind one sent after them; `nil` where nothing came.
    var reordering: Prediction? {
        guard count >= 2 else { return nil }
        return Prediction(
            measured: Double(measuredReordered), replicas: orders.map { Double($0.reordered) },
            least: max(1, 0.001 * Double(count)))
    }

    /// The share of packets that overtook; `nil` where nothing came.
    var overtakings: Prediction? {
        guard count >= 30 else { return nil }
        let packets = Double(count)
        return Prediction(
            measured: Double(measuredOvertakers) / packets, replicas: overtakers.map { Double($0) / packets },
            least: 1 / packets)
    }
}

extension EnvelopeTest {
    /// What was measured, and what each simulation says, of the same packets.
    fileprivate struct Sample {
        var measured: LinearHistogram
        var replicas: [LinearHistogram]

        init(like empty: LinearHistogram) {
            measured = empty
            replicas = Array(repeating: empty, count: EnvelopeTest.replicaCount)
        }
    }

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

        fileprivate init(_ sample: Sample, floor: TimeSpan) {
            let (measured, replicas) = (sample.measured, sample.replicas)
            var pooled = replicas[0]
            for replica in replicas.dropFirst() { pooled.merge(replica) }
            let centres = Prediction(
                measured: measured.centre.seconds, replicas: replicas.map(\.centre.seconds), least: floor.seconds)
            let spreads = Prediction(
                measured: measured.spread.seconds, replicas: replicas.map(\.spread.seconds), least: floor.seconds)
            (centre, spread) = (measured.centre, measured.spread)
            (predictedCentre, predictedSpread) = (pooled.centre, pooled.spread)
            centreTolerance = TimeSpan(seconds: centres.tolerance)
            spreadTolerance = TimeSpan(seconds: spreads.tolerance)
            distance = measured.distance(to: pooled, ignoring: floor)
            distanceLimit = 1.5 * (replicas.map { $0.distance(to: pooled) }.max() ?? 0) + 0.02
        }
    }
}
