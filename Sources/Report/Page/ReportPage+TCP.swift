import LabModel

extension ReportPage {
    /// TCP as the kernels of its ends saw it.
    var tcp: Markup {
        guard let report = result.tcp else { return .nothing }
        let shown = report.flows.prefix(Self.longestList)
        let hidden = report.flows.count - shown.count
        return .section(
            "tcp", "TCP",
            [
                .paragraph(
                    "Each connection across the link, read every 100 ms of the stream from the kernel at the end that "
                        + "sent more of it (TCP_INFO)."),
                transfers(shown), waits(shown),
                hidden > 0 ? .paragraph("And \(hidden) more, in result.json.") : .nothing,
            ])
    }

    private func transfers(_ flows: ArraySlice<TCPFlowReport>) -> Markup {
        var table = Table(
            "What the connections carried",
            [
                .text("From"), .text("To"), .text("Control"), .number("Seen"), .number("Delivered"),
                .number("Data segments"), .number("Sent again"), .number("Share"), .number("Fastest delivery"),
            ])
        for flow in flows {
            let share = flow.retransmissions.flatMap { again in
                flow.dataSegments.map { KeyFigure.share(again, of: $0) }
            }
            table.add(
                flow.sender.description, flow.receiver.description + (flow.isProbe ? " (probe)" : ""),
                flow.congestionControl ?? Quantity.unknown, "\(flow.first.text) to \(flow.last.text)",
                flow.delivered?.text ?? Quantity.unknown, flow.dataSegments?.grouped ?? Quantity.unknown,
                flow.retransmissions?.grouped ?? Quantity.unknown, share ?? Quantity.unknown,
                flow.greatestDeliveryRate?.text ?? Quantity.unknown)
        }
        return table.markup
    }

    private func waits(_ flows: ArraySlice<TCPFlowReport>) -> Markup {
        var table = Table(
            "Round trip, window, and what held the sender back",
            [
                .text("From"), .number("Least round trip"), .number("Smoothed, median"), .number("95 %"),
                .number("Mean window"), .number("Greatest"), .number("Most unsent"), .number("Busy"),
                .number("Receiver's window"), .number("Send buffer"),
            ])
        for flow in flows {
            table.add(
                flow.sender.description, flow.leastRoundTrip?.text ?? Quantity.unknown,
                flow.roundTrip?.p50.text ?? Quantity.unknown, flow.roundTrip?.p95.text ?? Quantity.unknown,
                flow.meanWindow?.text ?? Quantity.unknown, flow.greatestWindow?.text ?? Quantity.unknown,
                flow.greatestUnsent?.text ?? Quantity.unknown, flow.busy?.text ?? Quantity.unknown,
                flow.limitedByReceiver?.text ?? Quantity.unknown, flow.limitedByBuffer?.text ?? Quantity.unknown)
        }
        return table.markup
    }
}
