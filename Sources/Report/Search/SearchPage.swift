import LabModel

/// `search.html`: where a scenario breaks, in one file that opens offline.
struct SearchPage {
    private let result: SearchResult
    private let words: SearchWords
    private var question: SearchQuestion { result.question }

    init(_ result: SearchResult) {
        self.result = result
        words = SearchWords(result)
    }

    /// The page, its style taken from `parts`; it has no script.
    func written(with parts: PageParts) -> String {
        parts.page(
            title: Markup.escaped("\(words.headline): \(question.name) \u{b7} netlab"),
            body: Markup.group([header, .tag("main", verdict, figures, curve, levels, trials, method), footer])
                .written(as: .html))
    }

    private var header: Markup {
        let facts = [
            "\(question.setting) from \(question.from.text) to \(question.to.text)",
            "\(question.repeats) runs at each value", "\(question.engine.rawValue) engine",
        ]
        return .tag(
            "header",
            .paragraph("netlab search", class: "product"),
            .tag("h1", .text(question.name)),
            .paragraph("Where does '\(question.until.text)' break?"),
            .paragraph(facts.joined(separator: " \u{b7} "), class: "facts"))
    }

    private var verdict: Markup {
        let notes = words.notes.map { Markup.tag("li", .text($0)) }
        return .tag(
            "section", class: "verdict \(words.verdict.rawValue)",
            .tag("h2", .text("\(words.verdict.symbol) \(words.headline)")).with("id", "verdict-title"),
            .paragraph(words.sentence),
            notes.isEmpty ? .nothing : .tag("ul", notes)
        ).with("id", "verdict").with("aria-labelledby", "verdict-title")
    }

    private var figures: Markup {
        var tiles: [(String, String, String)] = []
        if let threshold = result.finding.threshold {
            let percent = (threshold.confidence * 100).fixed(0)
            tiles.append(("Threshold", threshold.estimate.text, "holds in half of the runs"))
            tiles.append(
                ("\(percent) % interval", "\(threshold.low.text) to \(threshold.high.text)", "likelihood ratio"))
        }
        let undecided = result.trials.count { !$0.isDecided }
        tiles.append(
            ("Runs", "\(result.trials.count)", undecided > 0 ? "\(undecided) invalid or unsupported" : "all valid"))
        let markup = tiles.map {
            Markup.tag("div", .tag("dt", .text($0.0)), .tag("dd", .text($0.1)), .tag("dd", .text($0.2)))
        }
        return .tag("dl", class: "figures", markup).with("aria-label", "Key figures")
    }

    private var curve: Markup {
        .section("curve", "Curve", SearchCurve(result).map { [$0.markup] } ?? [])
    }

    private var levels: Markup {
        var table = Table(
            "Each value that was tried; the median is of \(question.until.metric)",
            [
                .text(question.setting), .number("Held"), .number("Fitted share"),
                .number("Median"), .note("Note"),
            ])
        for level in result.levels.sorted(by: { $0.at.value < $1.at.value }) {
            let notes = [
                level.undecided > 0 ? "\(level.undecided) invalid or unsupported" : nil,
                level.contradicts ? "contradicts its side of the threshold" : nil,
            ].compactMap(\.self)
            table.add(
                level.at.text, level.share, Quantity.ratio.text(level.fitted),
                question.metricQuantity.text(level.median), notes.joined(separator: "; "))
        }
        return .section("levels", "Values", [table.markup])
    }

    private var trials: Markup {
        var table = Table(
            "In the order in which they were made",
            [
                .text("Run"), .number(question.setting), .number(question.until.metric), .text("Outcome"),
                .number("Seed"), .note("Note"),
            ])
        for (index, trial) in result.trials.enumerated() {
            let number = Markup.text("\(index + 1)")
            table.add([
                trial.report.map { Markup.tag("a", number).with("href", $0) } ?? number, .text(trial.at.text),
                .text(question.metricQuantity.text(trial.measured)), .text(trial.word), .text("\(trial.seed)"),
                .text(trial.problem ?? ""),
            ])
        }
        return .section("runs", "Runs", [.tag("details", .tag("summary", "Every run"), table.markup)])
    }

    private var method: Markup {
        let overrides = question.overrides.map { " --set \($0)" }.joined()
        return .section(
            "method", "How it was found",
            [
                .paragraph(
                    "Both ends of the range were tried first, then the middle of what was left, by the majority of "
                        + "\(question.repeats) runs at each value, down to \(question.quantity.setting(question.precision)); "
                        + "then the two values between which it turns were tried as often again. Each run had a seed "
                        + "of its own. A run that was invalid counts as neither and was tried once more."),
                .paragraph(
                    "The threshold is where the expectation holds in half of the runs. Its interval assumes only that "
                        + "more of the setting never helps (or never harms): a value belongs to it where the likelihood "
                        + "ratio of the best isotonic fit through one half at this value, against the best isotonic fit, "
                        + "is within the 95 % point of chi-square with one degree of freedom."),
                .paragraph("To make one of the runs again, with its value and seed:"),
                .tag(
                    "pre",
                    .text(
                        "netlab run \(question.scenario)\(overrides) --set \(question.setting)=VALUE --set seed=SEED "
                            + "--engine \(question.engine.rawValue)")),
            ])
    }

    private var footer: Markup {
        .tag("footer", .text("netlab \(result.netlabVersion). Made from search.json, which has every figure."))
    }
}
