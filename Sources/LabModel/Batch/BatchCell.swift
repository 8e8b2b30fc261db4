/// What the runs of one contender under one condition show together.
package struct BatchCell: Codable, Sendable {
    /// Of `BatchResult.contenders` and `BatchResult.conditions`.
    package var contender: Int
    package var condition: Int
    package var runs: [BatchRun] = []
    /// One for each of `BatchResult.figures`.
    package var values: [BatchValue] = []
    /// Of the first run that counts.
    package var timeline: BatchTimeline?

    package init(contender: Int, condition: Int) {
        (self.contender, self.condition) = (contender, condition)
    }

    /// The runs that figures are taken from.
    package var counted: [BatchRun] { runs.filter(\.counts) }

    /// The worst of those that count, or why none does.
    package var verdict: Verdict {
        let verdicts = (counted.isEmpty ? runs : counted).map(\.verdict)
        return [.unsupported, .invalid, .fail].first { verdicts.contains($0) } ?? .pass
    }
}

/// One run of a batch.
package struct BatchRun: Codable, Hashable, Sendable {
    package var verdict: Verdict
    package var seed: UInt64
    /// Its page, relative to the batch's; absent where there is none.
    package var report: String?
    /// Why it does not count, or has failed.
    package var problem: String?

    package init(verdict: Verdict, seed: UInt64, report: String? = nil, problem: String? = nil) {
        (self.verdict, self.seed, self.report, self.problem) = (verdict, seed, report, problem)
    }

    /// Passed or failed: what is invalid or unsupported says nothing.
    package var counts: Bool { verdict == .pass || verdict == .fail }
}

/// A figure of a cell, over the runs that count.
package struct BatchValue: Codable, Hashable, Sendable {
    /// In base units; absent where no run could measure it.
    package var median: Double?
    /// The least and the greatest of several runs.
    package var low: Double?
    package var high: Double?
    /// How many runs measured it.
    package var count = 0
    /// No contender had less under this condition, and not all had as much.
    package var isBest = false
    /// Why `median` is absent.
    package var absence: String?

    package init() {}
}

/// A run over time, as small pictures show it.
package struct BatchTimeline: Codable, Hashable, Sendable {
    package var duration: TimeSpan
    /// When the first frame was shown; absent where none was.
    package var startup: TimeSpan?
    package var stalls: [BatchStretch] = []
    /// Seconds since the stream's start.
    package var times: [Double] = []
    /// One for each of `times`: live latency, the downlink's rate as measured and as asked, the share of its packets that
    /// were lost. Empty where nothing measured it.
    package var latency: [Double?] = []
    package var rate: [Double?] = []
    package var asked: [Double?] = []
    package var loss: [Double?] = []

    package init(duration: TimeSpan) {
        self.duration = duration
    }

    /// Seconds until the stream has ended and the last frame was shown, which a player that is behind does later.
    package var end: Double {
        let shown = zip(times, latency).filter { $0.1 != nil }.last?.0 ?? 0
        return max(duration.seconds, shown)
    }
}
