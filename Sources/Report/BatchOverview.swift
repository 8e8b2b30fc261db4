import LabModel

/// Several runs at a glance: the same for the terminal and for the Markdown summary.
struct BatchOverview {
    struct Row {
        var title: String
        var verdict: String
        /// One for each of `figures`; empty where the run has none.
        var values: [String]
    }

    /// The key figures that any of the runs has, of those that tell most in a word.
    let figures: [String]
    let rows: [Row]
    private let results: [RunResult]

    private static let telling = ["Packets lost", "Frames whole", "Stalled", "Live latency", "A/V offset"]

    init(_ results: [RunResult]) {
        let all = results.map { result in
            Dictionary(KeyFigure.figures(of: result).map { ($0.name, $0.value) }) { first, _ in first }
        }
        let figures = Self.telling.filter { name in all.contains { $0[name] != nil } }
        self.figures = figures
        self.results = results
        rows = zip(results, all).map { result, values in
            let again = result.run.harness.earlierTry == nil ? "" : ", second try"
            return Row(
                title: result.title, verdict: "\(result.verdict.symbol) \(result.verdict.word.lowercased())\(again)",
                values: figures.map { values[$0] ?? "" })
        }
    }

    /// How many ended how, such as `9 passed, 1 failed; 10 runs in 24 s, 1,500 an hour`.
    func counts(planned: Int, wallTime: TimeSpan) -> String {
        let verdicts = Verdict.allCases.compactMap { verdict in
            let count = results.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict.word.lowercased())" : nil
        }
        let missing = planned > results.count ? ["\(planned - results.count) never began"] : []
        let pace = Double(results.count) / wallTime.seconds * 3600
        let hourly = wallTime > .zero ? ", \(Int64(pace.rounded()).grouped) an hour" : ""
        return (verdicts + missing).joined(separator: ", ") + "; \(results.count) runs in \(wallTime.text)" + hourly
    }
}
