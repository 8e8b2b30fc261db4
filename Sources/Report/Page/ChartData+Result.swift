import LabModel

extension ChartData {
    /// The shared time axis of `result` and what happened on it; `groups` are its charts, in order.
    init(_ result: RunResult, groups: [ChartGroup]) {
        let probes = Self.probes(of: result)
        let times = result.series.flatMap { [$0.times.first, $0.times.last] }.compactMap(\.self)
        start = min(0, times.min() ?? 0, probes.map(\.from).min() ?? 0)
        end = max(times.max() ?? 0, result.plan.duration.seconds, start + 0.1)
        charts = groups.flatMap(\.charts)
        changes =
            result.plan.timeline.filter { !$0.isStep }.map {
                Change(at: Self.moment(of: $0, in: result), text: $0.text(in: result.plan))
            } + result.plan.courses.map { Change(at: $0.from.seconds, text: $0.title) }
        stalls = (result.player?.stalls ?? []).map {
            Stretch(from: $0.start.seconds, to: ($0.start + $0.length).seconds)
        }
        self.probes = probes
    }

    /// When a change took effect, or when it was asked where no run says so.
    static func moment(of change: TimelineChange, in result: RunResult) -> Double {
        let applied = result.run.changes.first { $0.asked == change.at }
        guard let applied, let start = result.run.streamStart else { return change.at.seconds }
        return (applied.tookEffect - start).seconds
    }

    /// The throughput tests before the media, and the flows beside it.
    private static func probes(of result: RunResult) -> [Stretch] {
        guard let start = result.run.streamStart else { return [] }
        return result.run.probes.compactMap { probe in
            guard case .throughput(let plan) = probe.plan else { return nil }
            return Stretch(
                from: (probe.started - start).seconds, to: (probe.ended - start).seconds,
                label: "\(plan.transport.rawValue.uppercased()) probe")
        }
    }
}
