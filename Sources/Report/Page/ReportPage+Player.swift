import LabModel

extension ReportPage {
    /// What a viewer would have seen.
    var player: Markup {
        guard let player = result.player else { return .nothing }
        return .section(
            "player", "Player",
            [
                .paragraph(summary(of: player)), frames(of: player), latency(of: player), stalls(of: player),
                buffers(of: player),
            ])
    }

    private func summary(of player: PlayerReport) -> String {
        let policy =
            switch player.policy.underrun {
            case .wait: "after an underrun it waits until the buffer is full again"
            case .skip: "after an underrun it keeps its clock and leaves late frames out"
            }
        let start = player.startup.map { "The first frame was shown after \($0.text)." } ?? "No frame was ever shown."
        let request =
            player.startupFromRequest.map { " That was \($0.text) after the receiver's first packet." } ?? ""
        return "A model of a player that holds \(player.policy.buffer.setting) of media; \(policy). \(start)\(request)"
    }

    private func frames(of player: PlayerReport) -> Markup {
        var table = Table(
            "Video frames", [.text("Frames"), .number("Number"), .number("Share")])
        table.add("Sent", player.frames.grouped, "")
        table.add("Shown", player.shown.grouped, KeyFigure.share(player.shown, of: player.frames))
        table.add("Whole, but too late", player.late.grouped, KeyFigure.share(player.late, of: player.frames))
        table.add("Never whole", player.dropped.grouped, KeyFigure.share(player.dropped, of: player.frames))
        return table.markup
    }

    private func latency(of player: PlayerReport) -> Markup {
        guard let latency = player.liveLatency else { return .nothing }
        var table = Distribution.table("Live latency, from being due at the source to being shown")
        table.add(["Live latency"] + latency.cells)
        return table.markup
    }

    private func stalls(of player: PlayerReport) -> Markup {
        guard player.startup != nil else { return .paragraph("It never began to play.") }
        guard !player.stalls.isEmpty else { return .paragraph("It never stalled.") }
        var table = Table("Stalls", [.text("Stall"), .number("From"), .number("To"), .number("Length")])
        for (index, stall) in player.stalls.prefix(Self.longestList).enumerated() {
            let end = stall.start + stall.length
            table.add("\(index + 1)", stall.start.text, end.text, stall.length.text)
        }
        let hidden = player.stalls.count - Self.longestList
        return .group([table.markup, hidden > 0 ? .paragraph("And \(hidden) more, in result.json.") : .nothing])
    }

    /// How much other buffers would have stalled: the same arrivals, played again.
    private func buffers(of player: PlayerReport) -> Markup {
        var table = Table(
            "The same arrivals with other buffers",
            [.number("Buffer"), .number("Stalled"), .text(""), .number("Stalls"), .number("Frames not shown")])
        let most = player.stallsByBuffer.map(\.stallTotal.seconds).max() ?? 0
        for point in player.stallsByBuffer {
            let share = most > 0 ? point.stallTotal.seconds / most : 0
            let bar = Markup.tag(
                "span", class: "bar",
                share > 0 ? .tag("i").with("style", "width: \((share * 100).fixed(1))%") : .nothing
            ).with("aria-hidden", "true")
            table.add(
                [
                    .text(point.buffer.setting), .text(point.stallTotal.text), bar, .text("\(point.stallCount)"),
                    .text(point.notShown.grouped),
                ], class: point.buffer == player.policy.buffer ? "chosen" : nil)
        }
        return table.markup
    }

    /// Rows that a list on the page has at most.
    static let longestList = 50
}

extension Distribution {
    static func table(_ caption: String) -> Table {
        Table(
            caption,
            [
                .text("Figure"), .number("Least"), .number("Median"), .number("Mean"), .number("95 %"),
                .number("99 %"), .number("Greatest"), .number("Deviation"), .number("Count"),
            ])
    }

    /// The cells of `table`'s row after the first.
    var cells: [Markup] {
        [minimum, p50, mean, p95, p99, maximum, standardDeviation].map { .text($0.text) } + [.text(count.grouped)]
    }
}
