internal import LabModel

/// Counts errors by indicator.
struct IndicatorLog {
    private var counts: [TransportStreamReport.Indicator: (errors: Int64, first: Timestamp)] = [:]

    mutating func note(_ indicator: TransportStreamReport.Indicator, at time: Timestamp) {
        counts[indicator, default: (0, time)].errors += 1
    }

    /// Every indicator but those that could not be checked, times since `start`.
    func checks(
        without unchecked: Set<TransportStreamReport.Indicator>, start: Timestamp
    ) -> [TransportStreamReport.Check] {
        TransportStreamReport.Indicator.allCases.filter { !unchecked.contains($0) }.map { indicator in
            let count = counts[indicator]
            return .init(indicator, errors: count?.errors ?? 0, first: count.map { $0.first - start })
        }
    }
}

/// Whether something comes often enough.
struct IntervalWatch {
    private let longest: TimeSpan
    private var last: Timestamp

    /// - Parameter since: when it is waited for first.
    init(longest: TimeSpan, since: Timestamp) {
        self.longest = longest
        last = since
    }

    /// It came, or all is over: false where that took too long.
    mutating func note(at time: Timestamp) -> Bool {
        defer { last = time }
        return time - last <= longest
    }
}
