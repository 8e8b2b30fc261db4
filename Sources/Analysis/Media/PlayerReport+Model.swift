internal import LabModel

extension PlayerReport {
    /// The buffers that the curve of stalls is drawn over.
    static let curveBuffers: [TimeSpan] = [0, 50, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000]
        .map { TimeSpan.milliseconds($0) }

    /// What a viewer would have seen of `frames`, with the curve over other buffers.
    init(_ model: PlayerModel, frames: [PlayerFrame], policy: PlayerPolicy, origin: Timestamp) {
        self.init(policy: policy)
        self.frames = Int64(frames.count)
        var latency = Histogram()
        for (frame, showing) in zip(frames, model.showings) {
            switch showing {
            case .shown(let time):
                shown += 1
                latency.add(time - frame.source)
            case .late: late += 1
            case .dropped: dropped += 1
            }
        }
        startup = model.anchors.first.map { $0.time - origin }
        stalls = model.stalls.map { Stall(start: $0.start - origin, length: $0.length) }
        liveLatency = latency.distribution
        stallsByBuffer = Self.curveBuffers.map { buffer in
            let other = PlayerModel(frames, policy: PlayerPolicy(buffer: buffer, underrun: policy.underrun))
            return BufferPoint(
                buffer: buffer, stallTotal: other.stalls.reduce(.zero) { $0 + $1.length },
                stallCount: other.stalls.count, notShown: Int64(other.showings.count { !$0.isShown }))
        }
    }
}

extension PlayerModel.Showing {
    var isShown: Bool {
        if case .shown = self { true } else { false }
    }
}

/// The player over time.
struct PlayerSeries {
    /// Media held in each bin, and the live latency of the frames shown in it.
    let buffer: Series?
    let latency: Series?

    init(_ model: PlayerModel, frames: [PlayerFrame], bins: TimeBins) {
        var latencies = BinnedMean(bins)
        for (frame, showing) in zip(frames, model.showings) {
            if case .shown(let time) = showing { latencies.add((time - frame.source).seconds, at: time) }
        }
        latency = bins.series(Series.Name.latency, .time, latencies.values)
        buffer = bins.series(Series.Name.buffer, .time, Self.levels(model, frames: frames, bins: bins))
    }

    /// Media held in the middle of each bin: the greatest pts that is there less the pts being played, or, before the
    /// start, less the first that is there.
    private static func levels(_ model: PlayerModel, frames: [PlayerFrame], bins: TimeBins) -> [Double?] {
        let arrivals = frames.compactMap { frame in frame.arrival.map { (time: $0, pts: frame.pts) } }
            .sorted { $0.time < $1.time }
        guard let first = arrivals.first, let end = model.lastMoment(frames) else { return [] }
        var (next, anchor) = (0, 0)
        var newest = first.pts
        return (0..<bins.count).map { bin in
            let now = bins.moment(of: bin)
            guard now >= first.time, now <= end else { return nil }
            while next < arrivals.count, arrivals[next].time <= now {
                newest = max(newest, arrivals[next].pts)
                next += 1
            }
            while anchor < model.anchors.count, model.anchors[anchor].time <= now { anchor += 1 }
            guard anchor > 0 else { return (newest - first.pts).seconds }
            let clock = model.anchors[anchor - 1]
            return max(0, (newest - clock.pts - (now - clock.time)).seconds)
        }
    }
}

extension PlayerModel {
    /// When the last frame was shown.
    func lastMoment(_ frames: [PlayerFrame]) -> Timestamp? {
        for showing in showings.reversed() {
            if case .shown(let time) = showing { return time }
        }
        return nil
    }
}
