import LabModel

/// The charts and what steers them; the script fills in the pictures.
struct ChartSection {
    let groups: [ChartGroup]
    let result: RunResult

    var markup: Markup {
        guard !groups.isEmpty else { return .nothing }
        var index = 0
        var parts = [tools, marks, noScript]
        for group in groups {
            let figures = group.charts.map { chart in
                defer { index += 1 }
                return figure(chart, group: group.title, index: index)
            }
            parts.append(
                group.folded
                    ? .tag("details", [.tag("summary", .text(group.title))] + figures)
                    : .group([.tag("h3", .text(group.title))] + figures))
        }
        return .section("charts", "Over time", parts)
    }

    private var tools: Markup {
        .tag(
            "div", class: "tools",
            .tag("button", "Show all").with("type", "button"),
            .tag("span", class: "hint", "Drag to zoom, double-click to show all. Keys: arrows, + and \u{2212}, 0."),
            .tag("output").with("aria-live", "off"))
    }

    /// What the shades and lines mean, and the changes in words.
    private var marks: Markup {
        var items: [Markup] = []
        if result.player?.stalls.isEmpty == false { items.append(mark("stall", "stalled")) }
        if !result.run.probes.isEmpty { items.append(mark("probe", "probe, before the media")) }
        let courses = result.plan.courses.map { (at: $0.from, text: "\($0.from.clock) to \($0.to.clock): \($0.title)") }
        let changes = result.plan.timeline.filter { !$0.isStep }.map { change in
            (at: change.at, text: "\(change.at.clock): \(change.text(in: result.plan))\(lateness(of: change))")
        }
        items += (courses + changes).sorted { $0.at < $1.at }.map { mark("change", $0.text) }
        return items.isEmpty ? .nothing : .tag("ul", class: "marks", items)
    }

    /// When a change took effect much later than asked; a few milliseconds are what a kernel takes to be told.
    private func lateness(of change: TimelineChange) -> String {
        let moment = TimeSpan(seconds: ChartData.moment(of: change, in: result))
        return moment - change.at > .milliseconds(10) ? ", in effect at \(moment.clock)" : ""
    }

    private func mark(_ kind: String, _ text: String) -> Markup {
        .tag("li", .tag("i", class: kind), .text(text))
    }

    private var noScript: Markup {
        .tag("noscript", .paragraph("The charts need JavaScript; every figure is in the tables and in result.json."))
    }

    private func figure(_ chart: Chart, group: String, index: Int) -> Markup {
        let keys = chart.lines.map { line in
            Markup.tag(
                "span", class: line.keyClass,
                .tag("i").with("style", "--c: var(--\(line.colour.rawValue))"), .text(line.label), .tag("b"))
        }
        let limits = (chart.guides ?? []).map { Quantity.time.setting($0) }.joined(separator: " and ")
        let guide = Markup.tag(
            "span", class: "key guide", .tag("i").with("style", "--c: var(--bad)"), .text("limits \(limits)"))
        let canvas = Markup.tag("canvas").with("tabindex", "0").with("role", "img")
            .with("aria-label", "\(group), \(chart.title): \(chart.summary)")
        return .tag(
            "figure", .tag("figcaption", [.tag("strong", .text(chart.title))] + keys + (limits.isEmpty ? [] : [guide])),
            .tag("div", class: "plot", canvas)
        ).with("data-chart", String(index))
    }
}

extension Chart {
    /// Each line's range in words, for those who do not see the picture.
    fileprivate var summary: String {
        lines.compactMap { line in
            let values = (line.values ?? []).compactMap(\.self)
            guard let low = values.min(), let high = values.max() else { return nil }
            return "\(line.label) \(quantity.interval(low, high))"
        }.joined(separator: "; ")
    }
}

extension Chart.Line {
    fileprivate var keyClass: String {
        switch role {
        case .line: "key"
        case .asked: "key dashed"
        case .area, .bars: "key filled"
        case .band: "key filled faint"
        }
    }
}
