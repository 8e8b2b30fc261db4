import LabModel

extension ReportPage {
    /// MPEG-TS, checked on the wire at both ends, or as it came out of a protocol that repairs.
    var transportStream: Markup {
        let streams = result.transportStreams
        guard !streams.isEmpty else { return .nothing }
        let place = result.plan.pipeline.protocol.repairs ? "after repair" : "on the wire"
        return .section("ts", "MPEG-TS \(place)", [checks(of: streams), clocks(of: streams)])
    }

    private func checks(of streams: [TransportStreamReport]) -> Markup {
        var table = Table(
            "Errors by ETSI TR 101 290 V1.2.1, priorities 1 and 2",
            [.text("Indicator"), .number("Priority")] + streams.map { .number($0.title) })
        table.add([.text("Packets"), .text("")] + streams.map { .text($0.packets.grouped) })
        table.add([.text("Null packets"), .text("")] + streams.map { .text($0.nullPackets.grouped) })
        for indicator in TransportStreamReport.Indicator.allCases {
            table.add(
                [.text(indicator.title), .text("\(indicator.priority)")]
                    + streams.map { .text($0.errors(indicator)?.grouped ?? Quantity.unknown) })
        }
        return table.markup
    }

    private func clocks(of streams: [TransportStreamReport]) -> Markup {
        var table = Table(
            "Program clock references against the clock of their arrival",
            [
                .text("At"), .number("PID"), .number("References"), .number("Jitter, peak to peak"),
                .number("Deviation"), .number("Drift"), .number("Rate"),
            ])
        for stream in streams {
            for clock in stream.clocks {
                table.add(
                    stream.title, "\(clock.pid)", clock.references.grouped,
                    clock.jitter.map { ($0.maximum - $0.minimum).text } ?? Quantity.unknown,
                    clock.jitter?.standardDeviation.text ?? Quantity.unknown,
                    clock.drift.map { "\(($0 * 1e6).fixed(2)) ppm" } ?? Quantity.unknown,
                    clock.rate?.text ?? Quantity.unknown)
            }
        }
        return table.markup
    }
}

extension TransportStreamReport {
    fileprivate var title: String { point?.rawValue.capitalizedFirst ?? destination }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
