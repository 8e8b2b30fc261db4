/// What a search for a threshold did and found: `search.json`.
package struct SearchResult: Codable, Sendable {
    /// Raised on an incompatible change; a reader refuses newer ones.
    package static let currentVersion = 1

    package var version = currentVersion
    package var netlabVersion: String
    package var question: SearchQuestion
    /// In the order in which they were made.
    package var trials: [SearchTrial] = []
    /// One for each value that was tried, from `from` to `to`.
    package var levels: [SearchLevel] = []
    package var finding: SearchFinding

    package init(netlabVersion: String, question: SearchQuestion, finding: SearchFinding) {
        self.netlabVersion = netlabVersion
        self.question = question
        self.finding = finding
    }
}

/// A value of the setting that is varied.
package struct SettingValue: Codable, Hashable, Sendable {
    /// In the quantity's base unit.
    package var value: Double
    /// As `--set` takes it, such as `4.6875%`.
    package var text: String

    package init(_ value: Double, _ text: String) {
        self.value = value
        self.text = text
    }
}

/// What a search was to find out.
package struct SearchQuestion: Codable, Hashable, Sendable {
    /// The scenario, as the user named it, and what it calls itself.
    package var scenario: String
    package var name: String
    /// Overrides that all runs share, `path=value` each.
    package var overrides: [String]
    /// The dotted path of the setting that is varied, and what it measures.
    package var setting: String
    package var quantity: Quantity
    package var from: SettingValue
    package var to: SettingValue
    /// The difference of the two values that a threshold is to be between, in the base unit.
    package var precision: Double
    /// Runs at each value.
    package var repeats: Int
    /// What has to hold.
    package var until: Expectation
    package var engine: EngineKind
    /// The scenario's, from which each run's is derived.
    package var seed: UInt64

    package init(
        scenario: String, name: String, overrides: [String], setting: String, quantity: Quantity, from: SettingValue,
        to: SettingValue, precision: Double, repeats: Int, until: Expectation, engine: EngineKind, seed: UInt64
    ) {
        (self.scenario, self.name, self.overrides) = (scenario, name, overrides)
        (self.setting, self.quantity, self.from, self.to) = (setting, quantity, from, to)
        (self.precision, self.repeats, self.until, self.engine, self.seed) = (precision, repeats, until, engine, seed)
    }
}

/// One run of a search.
package struct SearchTrial: Codable, Hashable, Sendable {
    package var at: SettingValue
    package var seed: UInt64
    /// Of the run, whose only expectation is the search's: `pass` where it held, `fail` where it did not.
    package var verdict: Verdict
    /// The expectation's metric; absent where the run could not measure it.
    package var measured: Double?
    /// The run directory, relative to the search's; absent where the run left none.
    package var folder: String?
    /// Why it is neither held nor failed.
    package var problem: String?

    package init(
        at: SettingValue, seed: UInt64, verdict: Verdict, measured: Double?, folder: String?, problem: String?
    ) {
        (self.at, self.seed, self.verdict) = (at, seed, verdict)
        (self.measured, self.folder, self.problem) = (measured, folder, problem)
    }
}

/// What the runs at one value show together.
package struct SearchLevel: Codable, Hashable, Sendable {
    package var at: SettingValue
    /// Runs in which the expectation held, of those in which it was decided.
    package var held: Int
    package var decided: Int
    /// Runs that were invalid or unsupported.
    package var undecided: Int
    /// Of the metric, over the decided runs that measured it.
    package var median: Double?
    /// The share of runs in which it holds, where more of the setting never helps: the isotonic fit.
    package var fitted: Double?
    /// Most of its runs say the opposite of what values on both sides say.
    package var contradicts = false

    package init(at: SettingValue, held: Int, decided: Int, undecided: Int, median: Double?) {
        (self.at, self.held, self.decided) = (at, held, decided)
        (self.undecided, self.median) = (undecided, median)
    }
}

/// The answer.
package struct SearchFinding: Codable, Hashable, Sendable {
    package enum Outcome: String, Codable, Sendable {
        case found
        /// It holds at both ends, or at neither: there is no threshold between them.
        case holdsAtBothEnds
        case holdsAtNeitherEnd
        /// Too many runs at one value were invalid.
        case invalid
        /// The engine's kernel lacks what the scenario needs.
        case unsupported
        /// Or still going on, where its files were written before its end.
        case interrupted
    }

    /// The value at which the expectation holds in half of the runs, as far as it is known.
    package struct Threshold: Codable, Hashable, Sendable {
        package var estimate: SettingValue
        /// The ends of the confidence interval.
        package var low: SettingValue
        package var high: SettingValue
        /// Of the interval, such as 0.95.
        package var confidence: Double
        /// The end of the range at which the expectation holds.
        package var holdsAt: SettingValue

        package init(
            estimate: SettingValue, low: SettingValue, high: SettingValue, confidence: Double, holdsAt: SettingValue
        ) {
            (self.estimate, self.low, self.high) = (estimate, low, high)
            (self.confidence, self.holdsAt) = (confidence, holdsAt)
        }
    }

    package var outcome: Outcome
    /// Only of a search that found one, or that ended early and had one so far.
    package var threshold: Threshold?
    /// Whether most runs at each tried value say what is said on its side of the threshold.
    package var monotone: Bool
    /// What kept the search from its end.
    package var problem: String?

    package init(outcome: Outcome, threshold: Threshold? = nil, monotone: Bool = true, problem: String? = nil) {
        (self.outcome, self.threshold, self.monotone, self.problem) = (outcome, threshold, monotone, problem)
    }
}
