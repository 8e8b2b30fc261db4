import LabModel

extension FindingView {
    /// How playing went, where it did not go well for all.
    func playing(_ condition: Int) -> BatchFinding? {
        let cells = cells(condition)
        let fates = cells.map { ($0, fate(of: $0)) }
        guard fates.contains(where: { $0.1 != .whole }) else { return nil }
        let of = { (fate: Fate) in fates.filter { $0.1 == fate }.map(\.0) }
        var parts: [String] = []
        let whole = of(.whole)
        if !whole.isEmpty {
            parts.append("\(names(whole, of: cells)) played every frame" + extraBytes(whole, condition))
        }
        parts += lossy(of(.lossy), of: cells)
        parts += frozen(sorted(BatchFigure.stallTotal, of(.frozen)), of: cells)
        let silent = of(.silent)
        if !silent.isEmpty { parts.append("\(names(silent, of: cells)) never showed a frame") }
        let worst = cells.compactMap { most(BatchFigure.stallTotal, $0) }.max() ?? 0
        let weight = Set(fates.map(\.1)).count > 1 ? 80.0 : 60
        return BatchFinding(
            condition: condition, parts.joined(separator: "; "),
            weight: weight + min(15, worst) + (silent.isEmpty ? 0 : 20))
    }

    /// What a viewer got, by the worst of the runs.
    enum Fate: Hashable {
        /// Every frame, in time.
        case whole
        /// No stall, but frames are missing.
        case lossy
        case frozen
        /// Nothing.
        case silent
    }

    func fate(of cell: BatchCell) -> Fate {
        guard median(BatchFigure.startup, cell) != nil else { return .silent }
        if let stalls = most(BatchFigure.stallCount, cell), stalls > 0 { return .frozen }
        let missing = [BatchFigure.dropped, BatchFigure.late].compactMap { most($0, cell) }
        return missing.contains { $0 > 0 } ? .lossy : .whole
    }

    private func lossy(_ cells: [BatchCell], of all: [BatchCell]) -> [String] {
        guard !cells.isEmpty else { return [] }
        let told = cells.map { "\(name($0)) \(missing($0))" }
        if cells.count == 1 { return ["\(name(cells[0])) did not stall but \(missing(cells[0], verb: true))"] }
        return ["\(names(cells, of: all)) did not stall but lost frames: \(told.joined(separator: ", "))"]
    }

    /// Such as `lost 12 frames, 3 more came late`.
    private func missing(_ cell: BatchCell, verb: Bool = false) -> String {
        let lost = most(BatchFigure.dropped, cell) ?? 0
        let late = most(BatchFigure.late, cell) ?? 0
        let words = verb ? "lost \(text(BatchFigure.dropped, cell)) frames" : text(BatchFigure.dropped, cell)
        if late == 0 { return words }
        let lateWords = "\(text(BatchFigure.late, cell)) came too late"
        return lost == 0
            ? (verb ? "missed \(text(BatchFigure.late, cell)) frames that came too late" : lateWords)
            : words + (verb ? ", and " : " and ") + lateWords
    }

    /// The one that froze longest first; in one breath where it was the same for all, or where they are many.
    private func frozen(_ cells: [BatchCell], of all: [BatchCell]) -> [String] {
        guard cells.count > 1, let least = cells.first, let most = cells.last,
            !exceeds(BatchFigure.stallTotal, most, least), self.least(BatchFigure.stallCount, least) != 0
        else {
            let single = cells.count > Self.mostNames ? cells.suffix(2) : cells[...]
            return single.reversed().map(frozen) + frozenAlike(Array(cells.dropLast(single.count)), of: all)
        }
        return frozenAlike(cells, of: all)
    }

    private func frozenAlike(_ cells: [BatchCell], of all: [BatchCell]) -> [String] {
        guard !cells.isEmpty else { return [] }
        let lost = cells.compactMap { median(BatchFigure.dropped, $0) }
        let frames = lost.max() ?? 0 > 0 ? " and lost \(Quantity.count.span(lost)) frames" : ""
        let times = Quantity.time.span(cells.compactMap { median(BatchFigure.stallTotal, $0) })
        return ["\(names(cells, of: all)) froze for \(times)\(frames)"]
    }

    private func frozen(_ cell: BatchCell) -> String {
        let lost = (most(BatchFigure.dropped, cell) ?? 0) > 0
        let frames = lost ? " and lost \(text(BatchFigure.dropped, cell)) frames" : ""
        guard least(BatchFigure.stallCount, cell) != 0 else {
            let worst = Quantity.time.text(most(BatchFigure.stallTotal, cell))
            return "\(name(cell)) froze in some of \(cell.counted.count) runs, at worst for \(worst)\(frames)"
        }
        let count = value(BatchFigure.stallCount, cell)
        let times = count?.median == 1 && count?.high ?? 1 == 1 ? "once" : "\(text(BatchFigure.stallCount, cell)) times"
        return "\(name(cell)) froze \(times) for \(text(BatchFigure.stallTotal, cell))\(frames)"
    }

    /// What those that repaired the link paid for it, against the clean link.
    private func extraBytes(_ cells: [BatchCell], _ condition: Int) -> String {
        guard let baseline, baseline != condition else { return "" }
        let shares = cells.compactMap { cell -> Double? in
            guard let clean = batch.cell(cell.contender, baseline), exceeds(BatchFigure.bytes, cell, clean),
                let now = median(BatchFigure.bytes, cell), let before = median(BatchFigure.bytes, clean), before > 0
            else { return nil }
            return now / before - 1
        }
        guard let most = shares.max() else { return "" }
        let isOfAll = shares.count == cells.count
        let words = isOfAll ? Quantity.ratio.span(shares) : "up to \(Quantity.ratio.text(most))"
        return " with \(words) more bytes than under '\(batch.conditions[baseline].name)'"
    }

    /// How long it took to come back after an outage, where that differed, and who did not.
    func recovery(_ condition: Int) -> BatchFinding? {
        guard !batch.conditions[condition].outages.isEmpty else { return nil }
        let cells = cells(condition)
        let back = sorted(BatchFigure.recovery, cells)
        let gone = cells.filter { median(BatchFigure.recovery, $0) == nil && fate(of: $0) == .frozen }
        guard let fastest = back.first, let slowest = back.last else { return nil }
        guard exceeds(BatchFigure.recovery, slowest, fastest) || !gone.isEmpty else { return nil }
        let shown = back.count <= Self.mostNames ? back : [fastest, slowest]
        var words = shown.map { cell in
            most(BatchFigure.recovery, cell) == 0
                ? "\(name(cell)) had not stopped" : "\(name(cell)) after \(text(BatchFigure.recovery, cell))"
        }
        if back.count > shown.count { words = ["first \(words[0])", "last \(words[1])"] }
        if !gone.isEmpty { words.append("\(names(gone, of: cells)) not at all") }
        return BatchFinding(
            condition: condition, "back after the outage: " + words.joined(separator: ", "), weight: 70)
    }

    /// More names are no sentence.
    private static let mostNames = 6
}
