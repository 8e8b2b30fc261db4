import LabModel

extension ReportPage {
    /// What arrived of the media and what it cost: for every protocol by the same definitions.
    var delivery: Markup {
        guard !result.media.isEmpty || result.wire != nil else { return .nothing }
        return .section("delivery", "Delivery and cost", [losses, rates, overhead, outages])
    }

    /// Loss before repair and after it, side by side.
    private var losses: Markup {
        var table = Table(
            "Loss before repair and after it", [.text("What"), .number("Sent"), .number("Lost"), .number("Share")])
        if let wire = result.wire {
            table.add(
                "Packets of media, sent for the first time", wire.mediaPackets.grouped, wire.mediaPacketsLost.grouped,
                Quantity.ratio.text(wire.lossBeforeRepair))
        }
        if let loss = result.lossAfterRepair {
            table.add(
                "Access units", result.media.reduce(0) { $0 + $1.sent }.grouped,
                result.media.reduce(0) { $0 + $1.lost }.grouped, Quantity.ratio.text(loss))
        }
        return table.markup
    }

    private var rates: Markup {
        var table = Table("Rates", [.text("What"), .number("Bytes"), .number("Rate")])
        let wire = result.wire
        table.add("Media sent", text(wire?.sentMedia), rate("media.rate.sent"))
        table.add("Media delivered", text(wire?.deliveredMedia), rate("media.rate.delivered"))
        table.add("The stream on the downlink", text(wire?.downlink.bytes), rate("wire.downlink.rate"))
        table.add("The stream on the uplink", text(wire?.uplink.bytes), rate("wire.uplink.rate"))
        return table.markup
    }

    private func text(_ size: ByteCount?) -> String { size?.text ?? Quantity.unknown }

    private func rate(_ metric: String) -> String { Quantity.rate.text(Metric.named(metric)?.read(result)) }

    /// The downlink's bytes, part by part.
    private var overhead: Markup {
        guard let wire = result.wire, let media = wire.deliveredMedia else { return .nothing }
        var table = Table(
            "The downlink's bytes", [.text("For"), .number("Bytes"), .number("Of the media delivered")])
        table.add("Media delivered", media.text, "100 %")
        for purpose in WireReport.Purpose.allCases {
            table.add(purpose.words, text(wire.bytes(for: purpose)), Quantity.ratio.text(wire.share(for: purpose)))
        }
        table.add("Overhead, all but the media delivered", "", Quantity.ratio.text(wire.overhead))
        return table.markup
    }

    private var outages: Markup {
        var table = Table(
            "Recovery: from an outage's end until the player plays again",
            [
                .text("Outage"), .number("From"), .number("To"), .number("Recovery"), .number("First unit whole"),
                .number("First key frame whole"), .number("Live latency back"),
            ])
        let time = { (span: TimeSpan?) in span?.text ?? Quantity.unknown }
        for outage in result.outages.prefix(Self.longestList) {
            table.add(
                outage.directions.map(\.rawValue).joined(separator: " and "), outage.start.text, outage.end.text,
                time(outage.recovery), time(outage.firstUnit), time(outage.firstKeyFrame), time(outage.latency))
        }
        return table.markup
    }

    /// Which figures are not there, and why.
    var absences: Markup {
        var table = Table("Figures that this run does not have", [.text("Figure"), .note("Absent because")])
        for absence in result.absences { table.add(absence.figure, absence.because) }
        return .section("absences", "Not measured", table.rows.isEmpty ? [] : [table.markup])
    }
}

extension WireReport.Purpose {
    /// As the row of a table.
    fileprivate var words: String {
        switch self {
        case .undelivered: "Media that never came whole"
        case .packaging: "Payload format and container"
        case .headers: "Headers"
        case .retransmission: "Sent again"
        case .stuffing: "Stuffing of MPEG-TS"
        case .fec: "Forward error correction"
        case .control: "Packets without media"
        }
    }
}
