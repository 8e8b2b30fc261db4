import LabModel

extension BatchResult {
    /// Marks the least value of each figure under each condition, and all that cannot be told from it.
    mutating func markBest() {
        for condition in conditions.indices {
            let places = cells.indices.filter { cells[$0].condition == condition }
            for (index, figure) in figures.enumerated() where figure.ranks {
                let measured = places.filter { cells[$0].values[index].median != nil }
                let best = measured.map { cells[$0].values[index] }.min { ($0.median ?? 0) < ($1.median ?? 0) }
                guard let best else { continue }
                let winners = measured.filter { !cells[$0].values[index].exceeds(best, in: figure) }
                guard winners.count < measured.count else { continue }
                for place in winners { cells[place].values[index].isBest = true }
            }
        }
    }

    /// The runs that figures leave out, and why.
    var exclusions: [String] {
        cells.flatMap { cell -> [String] in
            let place = "\(contenders[cell.contender]), \(conditions[cell.condition].name)"
            return cell.runs.filter { !$0.counts }.map { run in
                "left out: \(place): \(run.verdict.rawValue)" + (run.problem.map { ", \($0)" } ?? "")
            }
        }
    }
}

extension BatchValue {
    /// Whether it is more than `other` beyond what repeats spread, and by more than is worth telling apart.
    func exceeds(_ other: BatchValue, in figure: BatchFigure) -> Bool {
        guard let median, let least = other.median else { return false }
        return (low ?? median) > (other.high ?? least) && median - least > figure.grain(least, median)
    }
}

extension BatchFigure {
    /// What two values may differ by and still count as one.
    fileprivate func grain(_ one: Double, _ other: Double) -> Double {
        switch quantity {
        case .time: max(0.005, one * 0.02)
        case .ratio: 0.002
        case .size, .rate: one * 0.002
        // Which frames a lossy link takes is chance: two standard deviations of the difference of two Poisson counts.
        case .count: metric == Self.stallCount ? 0 : 2 * (one + other).squareRoot()
        }
    }
}
