import LabModel

extension ReportPage {
    /// What the RTMP server did.
    var rtmp: Markup {
        guard let rtmp = result.rtmp else { return .nothing }
        var table = Table("By its status page, when the stream had ended", [.text("Figure"), .number("Value")])
        table.add("Received by RTMP", rtmp.received.text)
        table.add("Sent by RTMP", rtmp.sent.text)
        table.add("Messages left out for the player, too many waiting", rtmp.dropped.grouped)
        return .section("rtmp", "RTMP server", [table.markup])
    }
}
