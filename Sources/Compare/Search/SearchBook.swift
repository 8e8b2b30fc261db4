package import LabModel

/// The runs of a search as they come in, what to run next, and what they show together.
package struct SearchBook: Sendable {
    package let grid: SearchGrid
    package private(set) var trials: [SearchTrial] = []
    private let question: SearchQuestion
    private let bisection: Bisection
    private var tallies: [Int: Tally] = [:]
    private var measured: [Int: [Double]] = [:]
    private var problems: [Int: [SearchTrial]] = [:]

    package init(_ question: SearchQuestion, grid: SearchGrid) {
        self.grid = grid
        self.question = question
        bisection = Bisection(steps: grid.steps, repeats: question.repeats)
    }

    /// What comes next.
    package var next: Bisection.Step { bisection.next(after: tallies) }

    /// Runs that a search of this size takes, where none is invalid and no majority is turned over.
    package var usualCount: Int {
        let halvings = Int.bitWidth - (grid.steps - 1).leadingZeroBitCount
        return (4 + halvings) * question.repeats
    }

    /// The seed of the run after those at `place`, and after `ahead` others that are to begin with it.
    package func seed(at place: Int, ahead: Int) -> UInt64 {
        let number = UInt64(tallies[place]?.made ?? 0) + UInt64(ahead)
        var random = RepeatableRandom(seed: question.seed ^ UInt64(place) << 32 ^ number << 16)
        return UInt64(random.word())
    }

    /// Takes in a run at a place of the grid.
    package mutating func add(_ trial: SearchTrial, at place: Int) {
        trials.append(trial)
        switch trial.verdict {
        case .pass, .fail:
            tallies[place, default: Tally()].decided += 1
            tallies[place, default: Tally()].held += trial.verdict == .pass ? 1 : 0
            if let value = trial.measured { measured[place, default: []].append(value) }
        case .invalid, .unsupported:
            tallies[place, default: Tally()].undecided += 1
            problems[place, default: []].append(trial)
        }
    }

    /// What the runs at a place show together.
    package func level(at place: Int) -> SearchLevel {
        let tally = tallies[place] ?? Tally()
        return SearchLevel(
            at: grid.value(at: Double(place)), held: tally.held, decided: tally.decided, undecided: tally.undecided,
            median: measured[place]?.median)
    }

    /// What was found so far: where `next` asks for more runs, the search was interrupted.
    package func result(netlabVersion: String) -> SearchResult {
        var result = SearchResult(netlabVersion: netlabVersion, question: question, finding: finding)
        let fit = fit
        result.trials = trials
        result.levels = tallies.keys.sorted().map { place in
            var level = level(at: place)
            level.fitted = fit?.shares[place]
            level.contradicts = fit?.contradictions.contains(place) ?? false
            return level
        }
        if let fit, startHolds != endHolds {
            result.finding.threshold = threshold(fit)
            result.finding.monotone = fit.contradictions.isEmpty
        }
        return result
    }

    private var finding: SearchFinding {
        switch next {
        case .turns: SearchFinding(outcome: .found)
        case .sameAtBothEnds(let holds): SearchFinding(outcome: holds ? .holdsAtBothEnds : .holdsAtNeitherEnd)
        case .undecided(let place): undecided(at: place)
        case .run: SearchFinding(outcome: .interrupted)
        }
    }

    private func undecided(at place: Int) -> SearchFinding {
        let trials = problems[place] ?? []
        let isUnsupported = !trials.isEmpty && trials.allSatisfy { $0.verdict == .unsupported }
        let level = level(at: place)
        let count = "\(level.undecided) of \(level.undecided + level.decided) runs at \(level.at.text)"
        return SearchFinding(
            outcome: isUnsupported ? .unsupported : .invalid,
            problem: "\(count) were \(isUnsupported ? "unsupported" : "invalid")"
                + (trials.last?.problem.map { ": \($0)" } ?? ""))
    }

    private var startHolds: Bool { tallies[0]?.mostHeld ?? false }
    private var endHolds: Bool { tallies[grid.steps]?.mostHeld ?? false }
    private var fit: ThresholdFit? { ThresholdFit(tallies, startHolds: startHolds) }

    private func threshold(_ fit: ThresholdFit) -> SearchFinding.Threshold {
        let ends = [fit.low, fit.high].map { grid.value(at: Double($0)) }.sorted { $0.value < $1.value }
        return SearchFinding.Threshold(
            estimate: grid.value(at: fit.estimate), low: ends[0], high: ends[1], confidence: ThresholdFit.confidence,
            holdsAt: startHolds ? question.from : question.to)
    }
}

extension [Double] {
    fileprivate var median: Double? {
        guard !isEmpty else { return nil }
        let ordered = sorted()
        let middle = count / 2
        return count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
    }
}
