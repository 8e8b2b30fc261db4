import LabModel

extension ReportPage {
    /// The link itself, from the captures at both ends.
    var links: Markup {
        let reports = result.links
        guard !reports.isEmpty else { return .nothing }
        var table = Table(
            "While the stream ran, from the captures at both ends",
            [.text("Figure")]
                + reports.map {
                    .figure($0.hop == nil ? $0.direction.word : "Hop \($0.hop ?? 0), \($0.direction.rawValue)")
                })
        for (name, text) in Self.linkFigures {
            table.add([.text(name)] + reports.map { .text(text($0)) })
        }
        return .section("link", "Link", [table.markup, delays(reports), changes])
    }

    /// When the link changed: asked, in force, and seen by a packet.
    private var changes: Markup {
        guard !result.changes.isEmpty else { return .nothing }
        var table = Table(
            "Changes of the link",
            [.text("Direction"), .text("Change"), .number("Asked"), .number("Kernel took it"), .number("Seen")])
        for change in result.changes.prefix(Self.longestList) {
            table.add(
                change.direction.rawValue, change.text, change.asked.clock, change.tookEffect.preciseClock,
                change.seen?.preciseClock ?? Quantity.unknown)
        }
        let hidden = result.changes.count - Self.longestList
        return .group([table.markup, hidden > 0 ? .paragraph("And \(hidden) more, in result.json.") : .nothing])
    }

    private func delays(_ reports: [LinkReport]) -> Markup {
        var table = Distribution.table("One-way delay")
        for report in reports {
            if let delay = report.delay {
                table.add([.text("\(report.direction.word(ofHop: report.hop)), measured")] + delay.cells)
            }
            if let error = report.delayError {
                table.add([.text("\(report.direction.word(ofHop: report.hop)), less predicted")] + error.cells)
            }
        }
        return table.markup
    }

    private static let linkFigures: [(String, @Sendable (LinkReport) -> String)] = [
        ("Packets sent", { $0.sentPackets.grouped }),
        ("Packets delivered", { $0.deliveredPackets.grouped }),
        ("Packets lost", { "\($0.lost.grouped) (\(KeyFigure.share($0.lost, of: $0.sentPackets)))" }),
        ("Dropped by the full queue", { $0.queueDrops?.grouped ?? Quantity.unknown }),
        ("Dropped by the path's loss", { $0.pathDrops?.grouped ?? Quantity.unknown }),
        ("Runs of lost packets", { RTPStreamReport.runs($0.lossRuns) }),
        ("Duplicates", { $0.duplicates.grouped }),
        ("Reordered", { $0.reordered.grouped }),
        ("Sent", { $0.sentBytes.text }),
        ("Delivered", { $0.deliveredBytes.text }),
        ("Rate while the bottleneck was busy", { $0.busyRate?.text ?? Quantity.unknown }),
    ]

    /// What the probes measured before and beside the media.
    var probes: Markup {
        .section("probes", "Probes", result.run.probes.map(probe))
    }

    private func probe(_ probe: ProbeResult) -> Markup {
        switch probe.plan {
        case .throughput(let plan):
            let name = plan.transport.rawValue.uppercased()
            return .group([
                .tag("h3", .text("\(name) throughput\(plan.rivalry.map { ", \($0.words)" } ?? "")")),
                throughputSummary(probe), intervals(probe, name),
            ])
        case .latency(let interval):
            return .group([.tag("h3", .text("Latency, each \(interval.setting)")), echoes(probe)])
        }
    }

    private func throughputSummary(_ probe: ProbeResult) -> Markup {
        var facts = ["\((probe.ended - probe.started).text) long"]
        if let rate = probe.ethernetRate { facts.append("\(rate.text) at the Ethernet layer") }
        if let rate = probe.payloadRate { facts.append("\(rate.text) of payload") }
        if let count = probe.retransmissions { facts.append("\(count.grouped) segments sent again") }
        if let sent = probe.sent, let lost = probe.lost {
            facts.append("\(lost.grouped) of \(sent.grouped) datagrams lost (\(KeyFigure.share(lost, of: sent)))")
        }
        if let reordered = probe.reordered { facts.append("\(reordered.grouped) reordered") }
        if let jitter = probe.jitter { facts.append("jitter \(jitter.text)") }
        if let failure = probe.failure { facts.append("it could not end as planned: \(failure)") }
        return .paragraph(facts.joined(separator: ", ") + ".")
    }

    private func intervals(_ probe: ProbeResult, _ name: String) -> Markup {
        var table = Table(
            "\(name) interval by interval, at the receiver",
            [
                .number("Time"), .number("Received"), .number("Rate"), .number("Lost"), .number("Sent again"),
                .number("Round trip"), .number("Window"),
            ])
        for interval in probe.intervals.prefix(Self.longestList) {
            let length = (interval.end - interval.start).seconds
            let rate = length > 0 ? Double(interval.bytes.bytes) * 8 / length : nil
            table.add(
                "\(interval.start.clock) to \(interval.end.clock)", interval.bytes.text, Quantity.rate.text(rate),
                interval.lost?.grouped ?? "", interval.retransmissions?.grouped ?? "",
                interval.roundTrip?.text ?? "", interval.congestionWindow?.text ?? "")
        }
        return table.markup
    }

    private func echoes(_ probe: ProbeResult) -> Markup {
        let echoes = probe.echoes ?? []
        let trips = echoes.compactMap(\.roundTrip).sorted()
        guard let least = trips.first, let most = trips.last else { return .paragraph("No echo came back.") }
        let lost = Int64(echoes.count - trips.count)
        return .paragraph(
            "Round trip \(trips[trips.count / 2].text) in the median, \(least.text) to \(most.text); "
                + "\(lost.grouped) of \(Int64(echoes.count).grouped) lost.")
    }
}

extension ProbePlan.Rivalry {
    /// `beside the media from 10 s on, uplink, over hop 2`.
    fileprivate var words: String {
        var parts = ["beside the media from \(at.clock) on"]
        if direction == .uplink { parts.append(direction.rawValue) }
        if let hop { parts.append("over hop \(hop)") }
        return parts.joined(separator: ", ")
    }
}
