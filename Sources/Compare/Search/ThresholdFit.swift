/// Where runs turn from mostly held to mostly failed, with a confidence interval, from the runs at each value that was
/// tried.
///
/// It assumes only that more of the setting never helps. Each gap between two tried values, and each end, is taken in
/// turn for where the share of runs that hold crosses one half. The most likely shares under that (isotonic, at least a
/// half before it and at most a half behind it) are held against the most likely isotonic shares of all: a gap belongs
/// to the interval where twice the difference of their log-likelihoods is at most 3.84, the 95 % point of chi-square
/// with one degree of freedom. The estimate is the middle of the likeliest gaps. The limit of Banerjee and Wellner
/// (Annals of Statistics 29, 2001) is 2.27, but holds for more runs than a search makes; simulated searches say that
/// 3.84 covers the threshold in 92 to 100 % of them, least where it is spread over more than half of the range.
package struct ThresholdFit: Hashable, Sendable {
    package static let confidence = 0.95
    static let criticalValue = 3.841

    /// Between two of the tried values, in the grid's units.
    package let estimate: Double
    /// The interval's ends: values that were tried.
    package let low: Int
    package let high: Int
    /// The isotonic share at each tried value.
    package let shares: [Int: Double]
    /// Tried values at which most runs say the opposite of their side of the estimate.
    package let contradictions: [Int]

    /// - Parameters:
    ///   - tallies: by value on the grid; those without a decided run are left out.
    ///   - startHolds: whether the runs hold at the grid's lowest value rather than at its highest.
    /// - Returns: nil where fewer than two values have decided runs.
    package init?(_ tallies: [Int: Tally], startHolds: Bool) {
        let decided = tallies.filter { $0.value.decided > 0 }
        let values = decided.keys.sorted { startHolds ? $0 < $1 : $0 > $1 }
        guard values.count > 1 else { return nil }
        let row = values.map { decided[$0] ?? Tally() }
        let free = IsotonicFit.shares(of: row)
        let best = IsotonicFit.logLikelihood(of: row, with: free)
        // Gap `index` is behind as many values that hold.
        let deviances = (0...row.count).map { index in
            let held = IsotonicFit.shares(of: row[..<index]).map { max($0, 0.5) }
            let failed = IsotonicFit.shares(of: row[index...]).map { min($0, 0.5) }
            return 2 * (best - IsotonicFit.logLikelihood(of: row, with: held + failed))
        }
        let least = deviances.min() ?? 0
        func span(_ gaps: [Int]) -> (Int, Int) {
            let first = gaps.first ?? 0
            let last = gaps.last ?? row.count
            return (values[max(0, first - 1)], values[min(last, row.count - 1)])
        }
        let likeliest = span(deviances.indices.filter { deviances[$0] <= least + 1e-9 })
        let likely = span(deviances.indices.filter { deviances[$0] <= Self.criticalValue })
        let middle = Double(likeliest.0 + likeliest.1) / 2
        estimate = middle
        (low, high) = (min(likely.0, likely.1), max(likely.0, likely.1))
        shares = Dictionary(uniqueKeysWithValues: zip(values, free))
        contradictions = values.filter { value in
            guard let tally = decided[value], 2 * tally.held != tally.decided, Double(value) != middle else {
                return false
            }
            return tally.mostHeld != ((Double(value) < middle) == startHolds)
        }.sorted()
    }
}
