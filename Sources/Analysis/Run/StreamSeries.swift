internal import LabModel

/// One RTP stream over time, as it arrives.
struct StreamSeries {
    private let bins: TimeBins
    private var jitter: BinnedMean
    private var bytes: [Int64]

    init(bins: TimeBins) {
        self.bins = bins
        jitter = BinnedMean(bins)
        bytes = Array(repeating: 0, count: bins.count)
    }

    mutating func add(size: Int, jitter value: TimeSpan?, at time: Timestamp) {
        guard let index = bins.index(of: time) else { return }
        bytes[index] += Int64(size)
        if let value { jitter.add(value.seconds, at: time) }
    }

    func series(_ kind: MediaKind) -> [Series] {
        guard let first = bytes.firstIndex(where: { $0 > 0 }), let last = bytes.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        // A bin without a packet between others has a rate of zero; outside there is no rate.
        let rates = bytes.indices.map { index -> Double? in
            (first...last).contains(index) ? Double(bytes[index]) * 8 / bins.width.seconds : nil
        }
        return [
            bins.series(Series.Name.rtpRate(kind), .rate, rates),
            bins.series(Series.Name.jitter(kind), .time, jitter.values),
        ].compactMap(\.self)
    }
}
