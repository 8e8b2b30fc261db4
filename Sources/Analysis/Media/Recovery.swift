internal import LabModel

/// How the stream came back after outages, by what the player showed and which units came.
struct Recovery {
    let model: PlayerModel
    /// In the order of their pts, as the model has them.
    let frames: [PlayerFrame]
    /// Of every stream.
    let units: [UnitFate]
    let origin: Timestamp

    func report(_ outage: LinkOutage) -> OutageReport {
        var report = OutageReport(
            start: outage.start - origin, end: outage.end - origin, directions: outage.directions)
        let after = units.filter { ($0.completed ?? .distantPast) >= outage.end }
        let firstUnit = after.compactMap(\.completed).min()
        let firstKey = after.filter { $0.unit.stream == .video && $0.unit.key }.compactMap(\.completed).min()
        report.firstUnit = firstUnit.map { $0 - outage.end }
        report.firstKeyFrame = firstKey.map { $0 - outage.end }
        guard let playing = playsAgain(outage, firstUnit: firstUnit) else { return report }
        report.recovery = playing - outage.end
        report.latency = isBack(outage, from: playing).map { $0 - outage.end }
        return report
    }

    /// When the stall ended that the outage made, which may begin behind it where much was held; the outage's end where
    /// there was none, and `nil` where nothing was shown any more.
    private func playsAgain(_ outage: LinkOutage, firstUnit: Timestamp?) -> Timestamp? {
        let latest = max(outage.end, firstUnit ?? outage.end)
        let stalls = model.stalls.filter { $0.start >= outage.start && $0.start <= latest || $0.covers(outage.start) }
        let end = max(outage.end, stalls.map { $0.start + $0.length }.max() ?? outage.end)
        return shown.contains { $0.time >= end } ? end : nil
    }

    /// When a frame was shown as soon after its time at the source as before the outage.
    private func isBack(_ outage: LinkOutage, from playing: Timestamp) -> Timestamp? {
        let before = shown.filter { $0.time >= outage.start - Self.before && $0.time < outage.start }
        guard let former = Distribution(of: before.map(\.latency))?.p50 else { return nil }
        let limit = former + OutageReport.latencyTolerance
        return shown.first { $0.time >= playing && $0.latency <= limit }?.time
    }

    /// Frames shown, in their order.
    private var shown: [(time: Timestamp, latency: TimeSpan)] {
        zip(frames, model.showings).compactMap { frame, showing in
            if case .shown(let time) = showing { (time, time - frame.source) } else { nil }
        }
    }

    /// How long before an outage the live latency counts as the former one.
    private static let before = TimeSpan.seconds(2)
}

extension PlayerModel.Stall {
    fileprivate func covers(_ moment: Timestamp) -> Bool { start <= moment && start + length > moment }
}
