import LabModel

/// Small multiples: a picture for each pair, a row for each contender and a column for each condition, all on one axis.
struct BatchPictures {
    private let batch: BatchResult
    private let scale: BatchScale

    init(_ batch: BatchResult) {
        self.batch = batch
        scale = BatchScale(batch.cells.compactMap(\.timeline))
    }

    var markup: Markup {
        guard batch.cells.contains(where: { $0.timeline != nil }) else { return .nothing }
        let head = [Markup.tag("td")] + batch.conditions.map { .tag("th", .text($0.name)).with("scope", "col") }
        let rows = batch.contenders.indices.map { contender in
            Markup.tag(
                "tr",
                [.tag("th", .text(batch.contenders[contender])).with("scope", "row")]
                    + batch.conditions.indices.map { cell(contender, $0) })
        }
        let table = Markup.tag(
            "table", class: "pictures", .tag("thead", .tag("tr", head)), .tag("tbody", rows))
        return .group([
            legend,
            .tag("div", class: "scroll", table)
                .with("role", "region").with("tabindex", "0").with("aria-label", "Runs over time"),
        ])
    }

    private var legend: Markup {
        let keys: [(String, String)] = [
            ("play", "playing"), ("stall", "stalled"), ("latency", "live latency, \(scale.latencyWords)"),
            ("rate", "downlink's rate, 0 to \(Quantity.rate.setting(scale.rate))"), ("asked", "rate asked"),
            ("loss", "packets lost, 0 to 100 %"), ("outage", "outage"),
        ]
        let items = keys.map { Markup.tag("li", .tag("i", class: $0.0), .text($0.1)) }
        return .tag(
            "ul", class: "marks keys",
            items + [.tag("li", .text("each from 0 to \(Quantity.time.setting(scale.duration))\(ofWhich)"))])
    }

    /// Which of several runs the pictures are of.
    private var ofWhich: String {
        batch.cells.contains { $0.counted.count > 1 } ? ", the first run of each pair; medians in words" : ""
    }

    private func cell(_ contender: Int, _ condition: Int) -> Markup {
        let name = batch.conditions[condition].name
        guard let cell = batch.cell(contender, condition) else {
            return .tag("td", class: "none", .text("not run")).with("data-label", name)
        }
        let words = self.words(of: cell)
        let place = "\(batch.contenders[contender]), \(name)"
        let picture =
            cell.timeline.map {
                BatchPicture($0, outages: batch.conditions[condition].outages, scale: scale)
                    .markup(titled: "\(place): \(words)")
            } ?? .nothing
        let content: [Markup] = [picture, .tag("span", class: "words", .text(words))]
        let link = cell.runs.compactMap(\.report).first.map { report in
            Markup.tag("a", content).with("href", report).with("aria-label", "\(place): \(words); report")
        }
        return .tag("td", link ?? .group(content)).with("data-label", name)
    }

    /// The cell in a few words.
    private func words(of cell: BatchCell) -> String {
        guard !cell.counted.isEmpty else { return "\(cell.verdict.symbol) \(cell.verdict.word.lowercased())" }
        func text(_ metric: String) -> String? {
            guard let index = batch.index(of: metric), let median = cell.values[index].median else { return nil }
            return batch.figures[index].quantity.text(median)
        }
        guard text("player.startup") != nil else { return "never played" }
        let stalls = batch.index(of: "player.stall.total").flatMap { cell.values[$0].median } ?? 0
        let playing = stalls > 0 ? "stalled \(text("player.stall.total") ?? "")" : "no stall"
        return playing + (text("player.latency.p50").map { ", \($0) behind" } ?? "")
    }
}
