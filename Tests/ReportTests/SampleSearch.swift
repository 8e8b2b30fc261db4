import LabModel

/// A search whose threshold is at 4.84 % of loss, with every alternative of the format.
enum SampleSearch {
    private static func percent(_ value: Double) -> SettingValue { SettingValue(value / 100, "\(value)%") }

    static func make(_ outcome: SearchFinding.Outcome = .found, name: String = "Search", rate: Double = 20)
        -> SearchResult
    {
        let until = LabModel.Expectation(
            metric: "player.stall.total", comparison: .less, limit: 1, text: "player.stall.total < 1s")
        let question = SearchQuestion(
            scenario: "lossy", name: name, overrides: ["duration=10s"], setting: "link.downlink.loss",
            quantity: .ratio, from: percent(0), to: percent(rate), precision: 0.003125, repeats: 3, until: until,
            engine: .virtual, seed: 7)
        let threshold = SearchFinding.Threshold(
            estimate: percent(4.84375), low: percent(4.6875), high: percent(6.25), confidence: 0.95,
            holdsAt: percent(0))
        let finding = SearchFinding(
            outcome: outcome, threshold: outcome == .found ? threshold : nil, monotone: false,
            problem: outcome == .invalid ? "3 of 3 runs at 5% were invalid: \(name)" : nil)
        var result = SearchResult(netlabVersion: "1", question: question, finding: finding)
        let values = [0, 20, 10, 5, 2.5, 3.75, 4.375, 4.6875]
        for (index, value) in values.enumerated() {
            let stalls = [0.0, 0.06, 0.1].map { max(0, (value - 2 + $0 * 8) * 0.34) }
            result.trials += stalls.enumerated().map { number, stall in
                SearchTrial(
                    at: percent(value), seed: UInt64(index * 10 + number), verdict: stall < 1 ? .pass : .fail,
                    measured: stall, folder: "loss-\(value)pct/2026-01-0\(number + 1)T000000Z", problem: nil)
            }
            var level = SearchLevel(
                at: percent(value), held: stalls.count { $0 < 1 }, decided: 3, undecided: 0, median: stalls[1])
            level.fitted = Double(level.held) / 3
            level.contradicts = value == 3.75
            result.levels.append(level)
        }
        result.trials.append(
            SearchTrial(
                at: percent(5), seed: 99, verdict: .invalid, measured: 0.4, folder: "loss-5pct/a", problem: name))
        result.trials.append(
            SearchTrial(at: percent(10), seed: 98, verdict: .fail, measured: nil, folder: nil, problem: nil))
        result.levels[3].undecided = 1
        return result
    }
}
