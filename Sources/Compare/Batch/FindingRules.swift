import LabModel

/// Makes sentences of a batch's figures: of those only, and no more than they show.
///
/// Two values differ where the runs of one lie all above those of the other, and the medians by more than
/// `BatchFigure.grain`. Runs that do not count appear in no sentence.
struct FindingRules {
    let view: FindingView

    init(_ batch: BatchResult) {
        view = FindingView(batch)
    }

    /// What weighs most first; of equal weight in the order of the conditions.
    var findings: [BatchFinding] {
        let all =
            view.batch.conditions.indices.flatMap { condition in
                [view.playing(condition), view.recovery(condition), view.growth(condition), view.sync(condition)]
                    .compactMap(\.self)
            } + [view.extremes, view.untroubled].flatMap(\.self)
        return all.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element)
    }
}

/// A batch as the rules look at it.
struct FindingView {
    let batch: BatchResult
    /// The clean condition that others are held against.
    let baseline: Int?

    init(_ batch: BatchResult) {
        self.batch = batch
        baseline = batch.conditions.firstIndex { $0.isClean }
    }

    /// The cells of a condition with a run that counts.
    func cells(_ condition: Int) -> [BatchCell] {
        batch.cells(of: condition).filter { !$0.counted.isEmpty }
    }

    func name(_ cell: BatchCell) -> String { batch.contenders[cell.contender] }

    func value(_ metric: String, _ cell: BatchCell) -> BatchValue? {
        batch.index(of: metric).map { cell.values[$0] }
    }

    func median(_ metric: String, _ cell: BatchCell) -> Double? { value(metric, cell)?.median }

    /// The most that any run had.
    func most(_ metric: String, _ cell: BatchCell) -> Double? { value(metric, cell).flatMap { $0.high ?? $0.median } }

    func least(_ metric: String, _ cell: BatchCell) -> Double? { value(metric, cell).flatMap { $0.low ?? $0.median } }

    /// Whether the first is more than the second by all that the runs show.
    func exceeds(_ metric: String, _ cell: BatchCell, _ other: BatchCell) -> Bool {
        guard let index = batch.index(of: metric) else { return false }
        return cell.values[index].exceeds(other.values[index], in: batch.figures[index])
    }

    /// The median in words, with its spread where several runs have one.
    func text(_ metric: String, _ cell: BatchCell) -> String {
        guard let index = batch.index(of: metric) else { return Quantity.unknown }
        let (value, quantity) = (cell.values[index], batch.figures[index].quantity)
        let spread = value.low.flatMap { low in
            value.high.flatMap { high in low < high ? " (\(quantity.interval(low, high)))" : nil }
        }
        return quantity.text(value.median) + (spread ?? "")
    }

    /// Those that have the figure, the least first.
    func sorted(_ metric: String, _ cells: [BatchCell]) -> [BatchCell] {
        cells.filter { median(metric, $0) != nil }
            .sorted { (median(metric, $0) ?? 0, $0.contender) < (median(metric, $1) ?? 0, $1.contender) }
    }

    /// Cells by name; `of` are all that the sentence is about.
    func names(_ cells: [BatchCell], of all: [BatchCell]) -> String {
        let missing = all.filter { cell in !cells.contains { $0.contender == cell.contender } }
        if missing.isEmpty, all.count > 2 { return "all \(all.count)" }
        if cells.count > 6, missing.count <= 3 { return "all but " + Self.list(missing.map(name)) }
        return Self.list(cells.map(name))
    }

    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
