import LabModel
import Report

/// The RTP of a capture as text: a block a stream, then what RTCP said of it last.
struct CaptureSummary {
    let report: RTPReport

    var text: String {
        let blocks = report.streams.map { stream in
            ([heading(stream)] + figures(stream).map { "  " + $0 }).joined(separator: "\n")
        }
        let transport = (report.transportStreams ?? []).map { stream in
            let summary = TransportStreamSummary(report: stream)
            return ([summary.heading] + summary.lines.map { "  " + $0 }).joined(separator: "\n")
        }
        let found = blocks.isEmpty && transport.isEmpty ? ["no RTP found"] : blocks + transport
        return (found + [footer]).joined(separator: "\n\n") + "\n"
    }

    private func heading(_ stream: RTPStreamReport) -> String {
        let types = stream.payloadTypes.map(String.init).joined(separator: ", ")
        let clock = stream.clockRate.map { ", clock \($0) Hz" } ?? ""
        let digits = String(stream.ssrc, radix: 16)
        let ssrc = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
        return "\(ssrc)  \(stream.source) > \(stream.destination)  payload type \(types)\(clock)"
    }

    private func figures(_ stream: RTPStreamReport) -> [String] {
        let count = { (value: Int64) in Quantity.count.text(Double(value)) }
        let time = { (span: TimeSpan?) in Quantity.time.text(span?.seconds) }
        let length = (stream.last - stream.first).seconds
        var lines = [
            "packets \(count(stream.packets)) of \(count(stream.expected)) expected in \(Quantity.time.text(length))",
            "missing \(count(stream.missing)) (\(Quantity.ratio.text(stream.loss))), duplicates "
                + "\(count(stream.duplicates)), lost by RFC 3550 \(count(stream.lostRFC3550))",
            "reordered \(count(stream.reordered)), by at most \(count(stream.reorderDistance))",
            "jitter mean \(time(stream.meanJitter)), greatest \(time(stream.maximumJitter)); "
                + "greatest gap \(time(stream.maximumGap))",
            "rate \(Quantity.rate.text(stream.rate.map { Double($0.bitsPerSecond) }))",
        ]
        if stream.restarts > 0 { lines.append("restarts \(stream.restarts)") }
        if let last = report.reports.last(where: { $0.kind == .receiverReport && $0.about == stream.ssrc }) {
            lines.append(
                "receiver's last report: lost \(last.cumulativeLost.map(count) ?? Quantity.unknown), "
                    + "round trip \(time(last.roundTrip))")
        }
        return lines + payload(stream)
    }

    private func payload(_ stream: RTPStreamReport) -> [String] {
        guard let payload = stream.payload else { return [] }
        let figures = PayloadReport.figures.compactMap { figure in
            figure.text(payload).map { "\(figure.name.prefix(1).lowercased() + figure.name.dropFirst()): \($0)" }
        }
        return figures + (payload.transportStream.map { TransportStreamSummary(report: $0).lines } ?? [])
    }

    private var footer: String {
        let line = "\(report.frames) frames, \(report.others) of them neither RTP nor RTCP"
        return report.damage.map { "\(line)\nthe capture is damaged: \($0)" } ?? line
    }
}
