internal import LabModel

/// Equal slices of a run's time for series: 100 ms wide, or wider where that would be more than 3000.
struct TimeBins {
    let origin: Timestamp
    let start: Timestamp
    let width: TimeSpan
    let count: Int

    /// - Parameter origin: second 0 of the series.
    init(from start: Timestamp, to end: Timestamp, origin: Timestamp) {
        let usual = TimeSpan.milliseconds(100)
        let length = max(end - start, usual)
        width = max(usual, TimeSpan(nanoseconds: (length.nanoseconds + 2999) / 3000))
        // Bins begin at whole widths from the origin, so that the stream's start is an edge.
        let before = max(origin - start, .zero)
        let lead = (before.nanoseconds + width.nanoseconds - 1) / width.nanoseconds
        self.origin = origin
        self.start = origin - TimeSpan(nanoseconds: lead * width.nanoseconds)
        count = max(Int(((end - self.start).nanoseconds + width.nanoseconds - 1) / width.nanoseconds), 1)
    }

    /// The bin of `time`; `nil` outside.
    func index(of time: Timestamp) -> Int? {
        guard time >= start else { return nil }
        let index = Int((time - start).nanoseconds / width.nanoseconds)
        return index < count ? index : nil
    }

    /// The middle of a bin, in seconds since the origin.
    func middle(of index: Int) -> Double {
        (start - origin).seconds + (Double(index) + 0.5) * width.seconds
    }

    /// The moment in the middle of a bin.
    func moment(of index: Int) -> Timestamp {
        start + TimeSpan(nanoseconds: Int64(index) * width.nanoseconds + width.nanoseconds / 2)
    }

    /// A series with a value for each bin; `nil` where there is none in any.
    func series(_ name: String, _ quantity: Quantity, _ values: [Double?]) -> Series? {
        guard let first = values.firstIndex(where: { $0 != nil }), let last = values.lastIndex(where: { $0 != nil })
        else { return nil }
        return Series(
            name: name, quantity: quantity, times: (first...last).map(middle), values: Array(values[first...last]))
    }
}

/// The mean of what falls into each bin.
struct BinnedMean {
    let bins: TimeBins
    private var sums: [Double]
    private var counts: [Int]

    init(_ bins: TimeBins) {
        self.bins = bins
        sums = Array(repeating: 0, count: bins.count)
        counts = Array(repeating: 0, count: bins.count)
    }

    mutating func add(_ value: Double, at time: Timestamp) {
        guard let index = bins.index(of: time) else { return }
        sums[index] += value
        counts[index] += 1
    }

    var values: [Double?] {
        sums.indices.map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : nil }
    }
}
