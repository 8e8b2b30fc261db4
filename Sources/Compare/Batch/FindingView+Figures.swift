import LabModel

extension FindingView {
    /// Whose live latency a condition raised over the clean link's.
    func growth(_ condition: Int) -> BatchFinding? {
        guard let baseline, baseline != condition else { return nil }
        let metric = BatchFigure.latencyHigh
        let grown = cells(condition).compactMap { cell -> (cell: BatchCell, before: BatchCell, by: Double)? in
            guard let clean = batch.cell(cell.contender, baseline), exceeds(metric, cell, clean),
                let now = median(metric, cell), let before = median(metric, clean)
            else { return nil }
            return now - before >= 0.1 && now >= before * 1.25 ? (cell, clean, now - before) : nil
        }.sorted { $0.by > $1.by }
        guard !grown.isEmpty else { return nil }
        let words = grown.prefix(4).map {
            "\(name($0.cell)) from \(text(metric, $0.before)) to \(text(metric, $0.cell))"
        }
        let more = grown.count > 4 ? ", and \(grown.count - 4) more" : ""
        return BatchFinding(
            condition: condition, "live latency (95 %) grew: " + words.joined(separator: ", ") + more,
            weight: 45 + min(4, grown[0].by))
    }

    /// Whose sound and picture were further apart than viewers bear: ITU-R BT.1359 has 125 ms for sound that is late.
    func sync(_ condition: Int) -> BatchFinding? {
        let apart = cells(condition).filter { least(BatchFigure.sync, $0) ?? 0 > 0.125 }
        guard !apart.isEmpty else { return nil }
        let words = apart.map { "\(name($0)) \(text(BatchFigure.sync, $0))" }
        return BatchFinding(
            condition: condition,
            "sound and picture were more than 125 ms apart (95 %): " + words.joined(separator: ", "), weight: 40)
    }

    /// The least and the most of what does not depend on the link's faults, where they differ.
    var extremes: [BatchFinding] {
        guard let condition = baseline ?? batch.conditions.indices.first else { return [] }
        return [
            extreme(BatchFigure.latency, "live latency", condition, weight: 50, least: 0.05),
            extreme(BatchFigure.overhead, "overhead", condition, weight: 30, least: 0.02),
            extreme(BatchFigure.startup, "startup", condition, weight: 25, least: 0.1),
        ].compactMap(\.self)
    }

    private func extreme(
        _ metric: String, _ words: String, _ condition: Int, weight: Double, least: Double
    ) -> BatchFinding? {
        let cells = sorted(metric, cells(condition))
        guard let first = cells.first, let last = cells.last, exceeds(metric, last, first),
            (median(metric, last) ?? 0) - (median(metric, first) ?? 0) >= least
        else { return nil }
        let ties = cells.filter { !exceeds(metric, $0, first) }
        return BatchFinding(
            condition: condition,
            "lowest \(words): \(names(ties, of: cells)), \(text(metric, first)); highest: \(name(last)), "
                + text(metric, last), weight: weight)
    }

    /// The conditions under which a viewer missed nothing, whatever carried the stream; those that read alike together.
    var untroubled: [BatchFinding] {
        let calm = batch.conditions.indices.compactMap { condition in
            peace(condition).map { (condition: condition, words: $0) }
        }
        var sentences: [String] = []
        for words in calm.map(\.words) where !sentences.contains(words) { sentences.append(words) }
        return sentences.map { words in
            let own = calm.filter { $0.words == words }.map(\.condition)
            let names = Self.list(own.map { "'\(batch.conditions[$0].name)'" })
            return BatchFinding(
                condition: own.count == 1 ? own[0] : nil, own.count == 1 ? words : "under \(names): \(words)",
                weight: 10)
        }
    }

    private func peace(_ condition: Int) -> String? {
        let cells = cells(condition)
        guard cells.count > 1, cells.allSatisfy({ fate(of: $0) == .whole }) else { return nil }
        let differs = [BatchFigure.startup, BatchFigure.latency, BatchFigure.latencyHigh].contains { metric in
            let sorted = sorted(metric, cells)
            guard let first = sorted.first, let last = sorted.last else { return false }
            return exceeds(metric, last, first)
        }
        let words = (cells.count == 2 ? "both" : "all \(cells.count)") + " played every frame in time"
        return differs ? words : "no difference that a viewer could see: " + words
    }
}
