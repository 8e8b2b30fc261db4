import LabModel

extension BatchTimeline {
    /// More points than a small picture is wide are averaged.
    private static let mostPoints = 120

    /// What of a run is drawn small.
    init(of result: RunResult) {
        self.init(duration: result.plan.duration)
        startup = result.player?.startup
        stalls = (result.player?.stalls ?? []).map { BatchStretch(from: $0.start, to: $0.start + $0.length) }
        let series = Dictionary(result.series.map { ($0.name, $0) }) { first, _ in first }
        let names = [
            Series.Name.latency, Series.Name.rate(.downlink), Series.Name.rateAsked(.downlink),
            Series.Name.loss(.downlink),
        ]
        let end = max(duration.seconds, names.compactMap { series[$0]?.times.last }.max() ?? 0)
        let step = end / Double(Self.mostPoints)
        guard step > 0 else { return }
        times = (0..<Self.mostPoints).map { ((Double($0) + 0.5) * step).brief }
        let binned = names.map { name in series[name]?.binned(step: step, count: Self.mostPoints) ?? [] }
        (latency, rate, asked, loss) = (binned[0], binned[1], binned[2], binned[3])
    }
}

extension Series {
    /// The mean of each bin from 0 on; a bin without a value has the one before it where bins are finer than the series.
    fileprivate func binned(step: Double, count: Int) -> [Double?] {
        var sums = Array(repeating: (total: 0.0, count: 0), count: count)
        let own = times.count > 1 ? (times[times.count - 1] - times[0]) / Double(times.count - 1) : step
        for (time, value) in zip(times, values) where time >= 0 {
            guard let value, value.isFinite else { continue }
            let last = min(count - 1, Int((time + max(0, own - step)) / step))
            for bin in min(count - 1, Int(time / step))...last {
                sums[bin].total += value
                sums[bin].count += 1
            }
        }
        guard sums.contains(where: { $0.count > 0 }) else { return [] }
        return sums.map { $0.count > 0 ? ($0.total / Double($0.count)).brief : nil }
    }
}

extension BatchCondition {
    /// What the plan says of its link; the name is given to all conditions together.
    init(of plan: Plan) {
        let impairments = plan.hops.flatMap(\.values)
        let isSteady = plan.timeline.isEmpty && plan.courses.isEmpty
        self.init(
            "", isClean: isSteady && impairments.allSatisfy { $0.loss == .none && $0.drop == nil && $0.carrier == .up },
            outages: Self.outages(of: plan))
    }

    private static func outages(of plan: Plan) -> [BatchStretch] {
        var stretches: [BatchStretch] = []
        var start: TimeSpan?
        for change in plan.timeline {
            guard let impairment = change.impairments[.downlink] else { continue }
            if impairment.isOutage {
                start = start ?? change.at
            } else if let begun = start {
                stretches.append(BatchStretch(from: begun, to: change.at))
                start = nil
            }
        }
        return stretches + (start.map { [BatchStretch(from: $0, to: plan.duration)] } ?? [])
    }
}

extension Impairment {
    /// Nothing passes.
    fileprivate var isOutage: Bool {
        if case .independent(let share) = loss, share.value == 1, match == nil { return true }
        return carrier == .down
    }
}
