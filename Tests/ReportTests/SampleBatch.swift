import LabModel

/// Three contenders under two conditions, with every alternative of the format.
enum SampleBatch {
    static func make(name: String = "Protocols") -> BatchResult {
        var batch = BatchResult(netlabVersion: "1", name: name, description: name)
        batch.contenders = [name, "srt", "hls"]
        batch.conditions = [
            BatchCondition("clean", isClean: true),
            BatchCondition(name, outages: [BatchStretch(from: .seconds(3), to: .seconds(5))]),
        ]
        batch.figures = [
            BatchFigure(metric: "player.startup", title: "Startup", quantity: .time),
            BatchFigure(metric: "player.stall.total", title: "Stalled", quantity: .time),
            BatchFigure(metric: "player.latency.p50", title: "Latency", quantity: .time),
            BatchFigure(metric: "outage.recovery", title: "Recovery", quantity: .time),
        ]
        batch.cells = (0..<2).flatMap { condition in (0..<3).map { cell($0, condition, name) } }
        // A pair that no run was made of.
        batch.cells.remove(at: 5)
        batch.findings = [
            BatchFinding(condition: 1, "srt played every frame; \(name) froze 4 times for 2.30 s", weight: 80),
            BatchFinding("no difference that a viewer could see", weight: 10),
        ]
        batch.common = [VariantSetting(setting: "duration", value: name)]
        batch.warnings = ["left out: srt, \(name): invalid"]
        return batch
    }

    private static func cell(_ contender: Int, _ condition: Int, _ name: String) -> BatchCell {
        var cell = BatchCell(contender: contender, condition: condition)
        let isInvalid = contender == 1 && condition == 1
        cell.runs = (1...2).map {
            BatchRun(
                verdict: isInvalid ? .invalid : .pass, seed: UInt64($0),
                report: "../run-\(contender)\(condition)\($0)/report.html",
                problem: isInvalid ? "because \(name)" : nil)
        }
        cell.values = [0.3, Double(contender), 0.25 * pow(contender), nil].map { median in
            var value = BatchValue()
            value.median = isInvalid ? nil : median
            if let median = value.median { (value.low, value.high, value.count) = (median * 0.9, median * 1.1, 2) }
            value.isBest = value.median != nil && contender == 0
            value.absence = value.median == nil ? "the link had no outage" : nil
            return value
        }
        guard !isInvalid else { return cell }
        var timeline = BatchTimeline(duration: .seconds(10))
        timeline.startup = contender == 2 ? nil : .seconds(0.3)
        timeline.stalls = contender == 0 ? [BatchStretch(from: .seconds(3), to: .seconds(5.3))] : []
        timeline.times = (0..<100).map { Double($0) / 10 }
        timeline.latency = timeline.times.map { $0 < 3 || $0 > 5.3 ? 0.25 * pow(contender) : nil }
        timeline.rate = timeline.times.map { 1e6 + $0 * 1e4 }
        timeline.asked = timeline.times.map { _ in 4e6 }
        timeline.loss = timeline.times.map { $0 > 3 && $0 < 5 ? 1 : 0 }
        cell.timeline = timeline
        return cell
    }

    private static func pow(_ contender: Int) -> Double { [1, 6, 40][contender] }
}
