package import LabModel

/// Takes in runs one by one and holds them against each other; of each it keeps no more than is shown.
package struct BatchCollector {
    private struct Entry {
        let identity: RunIdentity
        let run: BatchRun
        let values: [Double?]
        let absences: [String]
        let timeline: BatchTimeline
        let condition: BatchCondition
    }

    private var entries: [Entry] = []
    private let figures = BatchFigure.all

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// - Parameters:
    ///   - settings: the plan's, as people read them: what they differ in tells runs apart.
    ///   - report: the run's page, relative to the batch's.
    ///   - problem: why it does not count, or has failed.
    package mutating func add(
        _ result: RunResult, settings: [VariantSetting], report: String?, problem: String?
    ) {
        let values = figures.map { figure in
            Metric.named(figure.metric)?.read(result).flatMap { $0.isFinite ? $0 : nil }
        }
        entries.append(
            Entry(
                identity: RunIdentity(result, settings: settings),
                run: BatchRun(verdict: result.verdict, seed: result.plan.seed, report: report, problem: problem),
                values: values, absences: figures.map { $0.absence(in: result) },
                timeline: BatchTimeline(of: result), condition: BatchCondition(of: result.plan)))
    }

    /// All of them, side by side.
    ///
    /// - Parameters:
    ///   - name: what the page is called.
    ///   - isOneScenario: whether they were made to be compared; else what they differ in is named.
    package func result(
        netlabVersion: String, name: String, description: String? = nil, isOneScenario: Bool
    ) -> BatchResult {
        let grouping = RunGrouping(entries.map(\.identity), byVariant: isOneScenario)
        var result = BatchResult(netlabVersion: netlabVersion, name: name, description: description)
        result.figures = figures
        result.contenders = grouping.contenders
        result.conditions = grouping.conditions.enumerated().map { index, name in
            let first = entries[grouping.places.firstIndex { $0.condition == index } ?? 0].condition
            return BatchCondition(name, isClean: first.isClean, outages: first.outages)
        }
        result.common = grouping.common
        result.cells = cells(grouping)
        result.markBest()
        result.warnings = (isOneScenario ? [] : grouping.warnings) + result.exclusions
        result.findings = FindingRules(result).findings
        return result
    }

    private func cells(_ grouping: RunGrouping) -> [BatchCell] {
        grouping.conditions.indices.flatMap { condition in
            grouping.contenders.indices.compactMap { contender in
                let place = RunGrouping.Place(contender: contender, condition: condition)
                let own = entries.indices.filter { grouping.places[$0] == place }.map { entries[$0] }
                return own.isEmpty ? nil : cell(at: place, of: own)
            }
        }
    }

    private func cell(at place: RunGrouping.Place, of entries: [Entry]) -> BatchCell {
        var cell = BatchCell(contender: place.contender, condition: place.condition)
        cell.runs = entries.map(\.run)
        let counted = entries.filter(\.run.counts)
        cell.timeline = counted.first?.timeline
        cell.values = figures.indices.map { index in
            var value = BatchValue(of: counted.compactMap { $0.values[index] })
            if value.median == nil {
                value.absence = counted.first?.absences[index] ?? entries[0].run.problem ?? "no run counts"
            }
            return value
        }
        return cell
    }
}

extension BatchValue {
    /// The median of `values` and their spread.
    init(of values: [Double]) {
        self.init()
        let sorted = values.sorted()
        count = sorted.count
        guard let least = sorted.first, let most = sorted.last else { return }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        if sorted.count > 1 { (low, high) = (least, most) }
    }
}
