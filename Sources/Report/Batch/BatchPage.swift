import LabModel

/// A batch's `report.html`: contenders against each other under each condition, in one file that opens offline.
struct BatchPage {
    private let batch: BatchResult

    init(_ batch: BatchResult) {
        self.batch = batch
    }

    /// The page, its style taken from `parts`; it has no script.
    func written(with parts: PageParts) -> String {
        parts.page(
            title: Markup.escaped("\(batch.name) \u{b7} netlab"),
            body: Markup.group([header, .tag("main", findings, pictures, tables, common), footer]).written(as: .html))
    }

    private var header: Markup {
        let runs = batch.cells.flatMap(\.runs)
        let counts = Verdict.allCases.compactMap { verdict in
            let count = runs.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict.word.lowercased())" : nil
        }
        let facts = ["\(runs.count) runs: \(counts.joined(separator: ", "))", spread]
        return .tag(
            "header",
            .paragraph("netlab comparison", class: "product"),
            .tag("h1", .text(batch.name)),
            batch.description.map { .paragraph($0) } ?? .nothing,
            .paragraph(facts.joined(separator: " \u{b7} "), class: "facts"))
    }

    private var spread: String {
        let most = batch.cells.map(\.runs.count).max() ?? 0
        return most > 1
            ? "up to \(most) runs of each pair, each with a seed of its own: medians, and least to greatest"
            : "one run of each pair: how far chance would move it is not known"
    }

    private var findings: Markup {
        let sentences = batch.findings.map { finding in
            Markup.tag(
                "li",
                finding.condition.map { .tag("strong", .text(batch.conditions[$0].name + ": ")) } ?? .nothing,
                .text(finding.sentence))
        }
        let warnings = batch.warnings.map { Markup.tag("li", .text($0)) }
        return .group([
            .tag(
                "section", class: "verdict findings",
                .tag("h2", "Findings").with("id", "findings-title"),
                sentences.isEmpty ? .paragraph("The figures show no difference.") : .tag("ul", sentences)
            ).with("id", "findings").with("aria-labelledby", "findings-title"),
            warnings.isEmpty
                ? .nothing
                : .tag(
                    "section", class: "verdict invalid",
                    .tag("h2", "What to know").with("id", "warnings-title"), .tag("ul", warnings)
                ).with("id", "warnings").with("aria-labelledby", "warnings-title"),
        ])
    }

    private var pictures: Markup {
        .section("over-time", "Over time", [BatchPictures(batch).markup])
    }

    private var tables: Markup {
        let parts = BatchTable.all(batch).flatMap { table in
            [
                .tag("h3", .text(table.condition.name)), table.markup,
                table.remarks.isEmpty
                    ? .nothing : .paragraph(table.remarks.joined(separator: ". ") + ".", class: "facts"),
            ]
        }
        return .section("figures", "Figures", parts.isEmpty ? [] : [.tag("div", class: "batch", parts)])
    }

    private var common: Markup {
        guard !batch.common.isEmpty else { return .nothing }
        let pairs = batch.common.flatMap { [Markup.tag("dt", .text($0.setting)), .tag("dd", .text($0.value))] }
        return .section(
            "common", "What all runs share",
            [.tag("details", .tag("summary", "Settings"), .tag("dl", class: "pairs", pairs))])
    }

    private var footer: Markup {
        .tag(
            "footer",
            .text(
                "netlab \(batch.netlabVersion). Made from result.json, which has every figure. A figure is starred where "
                    + "no other had less, repeats considered; where all are alike, none is. What nothing measured is "
                    + "shown as \(Quantity.unknown)."))
    }
}

extension BatchTable {
    /// As the page shows it.
    fileprivate var markup: Markup {
        let hasNotes = rows.contains { !$0.note.isEmpty }
        var table = Table(
            "Less is better in every column but that of the link",
            [.text("")] + columns.map { .number($0.title) } + [.judgement("Verdict")]
                + (hasNotes ? [.note("Note")] : []), stacks: true)
        for row in rows {
            let verdict = Markup.text("\(row.verdict.symbol)\u{a0}\(row.verdict.word.lowercased()) ")
            table.add(
                [.text(row.name)] + row.cells.map(\.markup)
                    + [.group([verdict, row.links]), .tag("span", class: "note", .text(row.note))])
        }
        return table.markup
    }
}

extension BatchTable.Row {
    /// To the page of each of its runs.
    var links: Markup {
        let reports = runs.compactMap(\.report)
        return .group(
            reports.enumerated().flatMap { index, report in
                [
                    Markup.tag("a", .text(reports.count == 1 ? "report" : "\(index + 1)")).with("href", report)
                        .with("aria-label", "report of \(name)" + (reports.count == 1 ? "" : ", run \(index + 1)")),
                    .text(" "),
                ]
            })
    }
}

extension BatchTable.Cell {
    fileprivate var markup: Markup {
        let figure: Markup =
            isBest
            ? .tag("b", class: "best", .text(text), .tag("span", " \u{2605}").with("title", "best")) : .text(text)
        return .group([figure, spread.map { .tag("span", class: "interval", .text($0)) } ?? .nothing])
    }
}
