internal import LabModel

/// Where RTCP places an RTP stream on its sender's clock.
struct SenderClock {
    private struct Report {
        var passed: Timestamp
        var senderTime: Timestamp
        var rtpTimestamp: UInt32
    }

    private let clockRate: Double
    private let reports: [Report]

    /// `nil` without a sender report of the stream.
    init?(_ reports: [RTCPReport], facts: StreamFacts) {
        self.reports = reports.compactMap { report in
            guard report.kind == .senderReport, report.from == facts.rtp?.ssrc, let time = report.senderTime,
                let timestamp = report.rtpTimestamp
            else { return nil }
            return Report(passed: report.time, senderTime: time, rtpTimestamp: timestamp)
        }
        clockRate = Double(facts.clockRate)
        if self.reports.isEmpty || facts.clockRate <= 0 { return nil }
    }

    /// The sender's time of an RTP timestamp by the last report that had come by `time`, or the first of all.
    func time(of timestamp: UInt32, at time: Timestamp) -> Timestamp {
        var (low, high) = (0, reports.count)
        while low < high {
            let middle = (low + high) / 2
            if reports[middle].passed <= time { low = middle + 1 } else { high = middle }
        }
        let report = reports[max(low - 1, 0)]
        let ticks = Double(Int32(bitPattern: timestamp &- report.rtpTimestamp))
        return report.senderTime + TimeSpan(seconds: ticks / clockRate)
    }
}

/// How late one stream is against the other, from points of each over time.
///
/// Each stream has points (moment, lateness): at the moment, the stream is presented that much later than it should be.
/// The offset is the picture's lateness less the sound's, so that late sound is negative (ITU-R BT.1359). It is formed at
/// each picture, with the sound's lateness at the nearest point within half a second.
struct SyncAnalysis {
    struct Point {
        var time: Timestamp
        var lateness: TimeSpan
    }

    private(set) var offsets: [Point] = []

    init(video: [Point], audio: [Point]) {
        let audio = audio.sorted { $0.time < $1.time }
        guard !audio.isEmpty else { return }
        var nearest = 0
        for point in video.sorted(by: { $0.time < $1.time }) {
            while nearest + 1 < audio.count,
                (audio[nearest + 1].time - point.time).magnitude <= (audio[nearest].time - point.time).magnitude
            {
                nearest += 1
            }
            guard (audio[nearest].time - point.time).magnitude <= .milliseconds(500) else { continue }
            offsets.append(Point(time: point.time, lateness: point.lateness - audio[nearest].lateness))
        }
    }

    func report(_ method: SyncReport.Method) -> SyncReport? {
        var magnitudes = Histogram()
        var outside = 0
        for offset in offsets.map(\.lateness) {
            magnitudes.add(offset.magnitude)
            if offset < .milliseconds(-125) || offset > .milliseconds(45) { outside += 1 }
        }
        guard let distribution = Distribution(of: offsets.map(\.lateness)), let p95 = magnitudes.percentile(0.95)
        else { return nil }
        return SyncReport(
            method: method, offset: distribution, magnitudeP95: p95,
            outside: Double(outside) / Double(offsets.count))
    }

    func series(_ name: String, bins: TimeBins) -> Series? {
        var mean = BinnedMean(bins)
        for offset in offsets { mean.add(offset.lateness.seconds, at: offset.time) }
        return bins.series(name, .time, mean.values)
    }
}

extension TimeSpan {
    var magnitude: TimeSpan { TimeSpan(nanoseconds: abs(nanoseconds)) }
}
