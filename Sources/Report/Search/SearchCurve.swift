import LabModel

/// The curve of a search: the metric against the value, each run a dot that leads to its report. The picture is SVG in
/// percentages, so that it fits any width with letters of one size and needs no script.
struct SearchCurve {
    private let result: SearchResult
    private let x: Axis
    private let y: Axis

    /// A range of values along one side of the picture.
    private struct Axis {
        let low: Double
        let high: Double
        let quantity: Quantity

        /// From 0 to 1.
        func share(of value: Double) -> Double { (value - low) / (high - low) }
    }

    /// Nil where no run measured anything.
    init?(_ result: SearchResult) {
        let measured = result.trials.compactMap(\.measured).filter(\.isFinite)
        guard let least = measured.min(), let greatest = measured.max() else { return nil }
        let question = result.question
        self.result = result
        let ends = [question.from.value, question.to.value].sorted()
        x = Axis(low: ends[0], high: ends[1], quantity: question.quantity)
        let low = min(0, least, question.until.limit)
        let high = max(greatest, question.until.limit)
        y = Axis(low: low, high: high > low ? low + (high - low) * 1.06 : low + 1, quantity: question.metricQuantity)
    }

    var markup: Markup {
        let picture = Markup.tag("svg", threshold + grid + [limit] + medians + dots)
            .with("role", "group").with("aria-label", summary)
        return .tag("figure", class: "curve", caption, .tag("div", picture))
    }

    private var caption: Markup {
        let question = result.question
        var keys = [
            Markup.tag("strong", "\(question.until.metric) against \(question.setting)"),
            key("held", "run in which it held"), key("failed", "run in which it did not"),
        ]
        if result.trials.contains(where: { !$0.isDecided && $0.measured != nil }) {
            keys.append(key("open", "invalid run"))
        }
        keys += [key("middle", "median"), key("limit", "limit \(y.quantity.setting(question.until.limit))")]
        if result.finding.threshold != nil { keys.append(key("interval", "threshold and its 95 % interval")) }
        return .tag("figcaption", keys)
    }

    private func key(_ kind: String, _ text: String) -> Markup {
        .tag("span", class: "key", .tag("i", class: kind), .text(text))
    }

    /// The picture in words, for those who do not see it.
    private var summary: String {
        "\(result.question.until.metric) against \(result.question.setting), "
            + "\(result.trials.count) runs; the table has every figure"
    }

    private var threshold: [Markup] {
        guard let threshold = result.finding.threshold else { return [] }
        let (left, right) = (x.share(of: threshold.low.value), x.share(of: threshold.high.value))
        let band = Markup.tag("rect", class: "interval").with("x", percent(left)).with("y", "0")
            .with("width", percent(right - left)).with("height", "100%")
        let middle = x.share(of: threshold.estimate.value)
        return [band, line("threshold", (middle, 0), (middle, 1))]
    }

    private var grid: [Markup] {
        let rows = AxisTicks.between(y.low, y.high, about: 5).flatMap { value in
            let place = 1 - y.share(of: value)
            return [
                line("grid", (0, place), (1, place)),
                label(y.quantity.setting(value), "y", (0, place), dx: "-8", dy: "0.35em"),
            ]
        }
        let columns = AxisTicks.between(x.low, x.high, about: 4).flatMap { value in
            let place = x.share(of: value)
            return [
                line("tick", (place, 1), (place, 1)),
                label(x.quantity.setting(value), "x", (place, 1), dx: "0", dy: "1.6em"),
            ]
        }
        return rows + columns
    }

    private var limit: Markup {
        let place = 1 - y.share(of: result.question.until.limit)
        return line("limit", (0, place), (1, place))
    }

    private var medians: [Markup] {
        let points = result.levels.compactMap { level in
            level.median.map { (x.share(of: level.at.value), 1 - y.share(of: $0)) }
        }.sorted { $0.0 < $1.0 }
        return zip(points, points.dropFirst()).map { line("middle", $0, $1) }
    }

    private var dots: [Markup] {
        let places = Dictionary(grouping: result.trials.filter { $0.measured != nil }, by: \.at)
        return places.values.sorted { $0[0].at.value < $1[0].at.value }.flatMap { trials in
            trials.enumerated().map { index, trial in
                // Side by side, as far as there is room: runs at one value often measure the same.
                let aside = Double(index) - Double(trials.count - 1) / 2
                return dot(trial, aside: aside * min(5, 24 / Double(trials.count)))
            }
        }
    }

    private func dot(_ trial: SearchTrial, aside: Double) -> Markup {
        let measured = trial.measured ?? y.low
        let name = "\(trial.at.text): \(y.quantity.text(measured)), \(trial.word)"
        let circle = Markup.tag("circle", class: trial.tone).with("r", "4.5")
            .with("cx", percent(x.share(of: trial.at.value))).with("cy", percent(1 - y.share(of: measured)))
            .with("transform", "translate(\(aside.fixed(1)) 0)")
        let titled = [Markup.tag("title", .text(name)), circle]
        guard let report = trial.report else { return .tag("g", titled) }
        return .tag("a", titled).with("href", report).with("aria-label", name)
    }

    private func line(_ kind: String, _ from: (Double, Double), _ to: (Double, Double)) -> Markup {
        .tag("line", class: kind).with("x1", percent(from.0)).with("y1", percent(from.1))
            .with("x2", percent(to.0)).with("y2", percent(to.1))
    }

    private func label(_ text: String, _ kind: String, _ at: (Double, Double), dx: String, dy: String) -> Markup {
        .tag("text", class: kind, .text(text)).with("x", percent(at.0)).with("y", percent(at.1))
            .with("dx", dx).with("dy", dy)
    }

    private func percent(_ share: Double) -> String { (share * 100).fixed(2) + "%" }
}

extension SearchTrial {
    var isDecided: Bool { verdict == .pass || verdict == .fail }

    /// What became of it.
    var word: String {
        switch verdict {
        case .pass: "held"
        case .fail: "did not hold"
        case .invalid: "invalid"
        case .unsupported: "unsupported"
        }
    }

    /// Its class on the page.
    var tone: String {
        switch verdict {
        case .pass: "held"
        case .fail: "failed"
        case .invalid, .unsupported: "open"
        }
    }

    /// Its report, as a link from the search's page.
    var report: String? {
        folder.map { "\($0)/\(RunFolder.report)" }
    }
}
