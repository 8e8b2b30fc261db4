import LabModel

extension ReportPage {
    /// What a protocol that repairs loss did about it.
    var repair: Markup {
        guard let repair = result.repair else { return .nothing }
        return .section(
            "repair", "Repair",
            [
                .paragraph(summary(of: repair)), traffic(of: repair), result.srt.map(figures(of:)) ?? .nothing,
                result.rist.map(figures(of:)) ?? .nothing,
            ])
    }

    private func summary(of repair: RepairReport) -> String {
        "The link lost \(Quantity.ratio.text(result.wire?.lossBeforeRepair)) of the packets with media; "
            + "after repair the receiver gave up \(Quantity.ratio.text(repair.lossAfter))."
    }

    private func traffic(of repair: RepairReport) -> Markup {
        var table = Table(
            "Packets by what they are for, as captured",
            [
                .text("Packets"), .number("Sent"), .number("Arrived"), .number("Bytes sent, Ethernet"),
                .number("Of the first copies"),
            ])
        let rows: [(String, KeyPath<RepairTraffic, RepairTraffic.Count>)] = [
            ("Media, first copy", \.original), ("Media, sent again", \.retransmitted),
            ("Forward error correction", \.correction), ("The sender's control", \.control),
        ]
        for (name, place) in rows where repair.sent[keyPath: place].packets > 0 {
            add(name, repair.sent[keyPath: place], repair.received[keyPath: place], repair, to: &table)
        }
        // The receiver's leave at the other end.
        add("The receiver's feedback, uplink", repair.received.feedback, repair.sent.feedback, repair, to: &table)
        return table.markup
    }

    private func add(
        _ name: String, _ sent: RepairTraffic.Count, _ arrived: RepairTraffic.Count, _ repair: RepairReport,
        to table: inout Table
    ) {
        table.add(
            name, sent.packets.grouped, arrived.packets.grouped, sent.bytes.text,
            KeyFigure.share(sent.bytes.bytes, of: repair.sent.original.bytes.bytes))
    }

    private func figures(of srt: SRTReport) -> Markup {
        var table = Table("As libsrt counts", [.text("Figure"), .number("Sender"), .number("Receiver")])
        let (sent, received) = (srt.sender?.sent, srt.receiver?.received)
        table.add("Data packets", number(sent?.packets), number(received?.packets))
        table.add("For the first time", number(sent?.unique), number(received?.unique))
        table.add("Sent again", number(sent?.retransmitted), number(received?.retransmitted))
        table.add("Reported and found missing", number(sent?.reportedLost), number(received?.lost))
        table.add("Dropped, too late", number(sent?.dropped), number(received?.dropped))
        table.add("Came too late", "", number(received?.belated))
        table.add("Not decrypted", "", number(received?.undecrypted))
        table.add("ACK", number(sent?.acknowledgements), number(received?.acknowledgements))
        table.add("NAK", number(sent?.lossReports), number(received?.lossReports))
        table.add("Latency agreed on", time(srt.sender?.latency), time(srt.receiver?.latency))
        table.add("Bandwidth estimated", srt.sender?.bandwidth.text ?? Quantity.unknown, "")
        var spread = Distribution.table("As libsrt measures, each 200 ms")
        let rows = [
            ("Round trip, smoothed", srt.roundTrip), ("Waits at the sender", srt.senderBuffer),
            ("Waits at the receiver", srt.receiverBuffer),
        ]
        for case (let name, let distribution?) in rows { spread.add([.text(name)] + distribution.cells) }
        return .group([table.markup, spread.markup])
    }

    private func figures(of rist: RISTReport) -> Markup {
        var table = Table("As librist counts", [.text("Figure"), .number("Sender"), .number("Receiver")])
        let isMain = result.plan.pipeline.rist.profile == .main
        table.add(isMain ? "Packets, the sender's with RTCP" : "Packets", number(rist.sent), number(rist.received))
        table.add("Sent again, requested", number(rist.retransmitted), number(rist.requests))
        table.add("Requested and not sent", number(rist.skipped), "")
        table.add("Found missing", "", number(rist.missing))
        table.add("Recovered", "", number(rist.recovered))
        table.add("Recovered after one request", "", number(rist.recoveredAtOnce))
        table.add("Given up", "", number(rist.lost))
        table.add("Came too late", "", number(rist.droppedLate))
        table.add("Out of order", "", number(rist.reordered))
        table.add("Came twice", "", number(rist.duplicates))
        var spread = Distribution.table("As librist measures, each 200 ms")
        for case (let name, let distribution?) in [("Round trip", rist.roundTrip), ("Held back", rist.buffer)] {
            spread.add([.text(name)] + distribution.cells)
        }
        return .group([table.markup, spread.markup])
    }

    private func number(_ count: Int64?) -> String { count?.grouped ?? Quantity.unknown }

    private func time(_ span: TimeSpan?) -> String { span?.text ?? Quantity.unknown }
}
