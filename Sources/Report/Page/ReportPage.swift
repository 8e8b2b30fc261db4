import LabModel
import RunStore

/// `report.html`: everything one run shows, in one file that opens offline.
struct ReportPage {
    let result: RunResult
    private let groups: [ChartGroup]

    init(_ result: RunResult) {
        self.result = result
        groups = ChartGroup.groups(of: result)
    }

    /// The page, its style and script taken from `parts`.
    func written(with parts: PageParts) throws(ReportError) -> String {
        parts.page(
            title: Markup.escaped("\(result.verdict.word): \(result.title) \u{b7} netlab"),
            body: body.written(as: .html),
            data: try chartData())
    }

    /// The data as JSON in which nothing can end the script element that holds it.
    private func chartData() throws(ReportError) -> String {
        do {
            let data = try JSONText.line(ChartData(result, groups: groups))
            return String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c")
        } catch {
            throw .malformed(reason: RunStoreError.words(for: error))
        }
    }

    private var body: Markup {
        .group([
            header,
            .tag(
                "main", verdict, keyFigures, proofs, ChartSection(groups: groups, result: result).markup, player,
                cameras, delivery, repair, programs, media, rtp, rtsp, transportStream, http, rtmp, tcp, sync, probes,
                links, checks, absences, conduct),
            footer,
        ])
    }

    private var header: Markup {
        var facts = [result.plan.pipeline.protocol.rawValue.uppercased(), result.plan.duration.clock]
        facts.append("\(result.run.engine.rawValue) engine")
        if let start = result.run.harness.started { facts.append(start.calendar) }
        return .tag(
            "header",
            .paragraph("netlab report", class: "product"),
            .tag("h1", .text(result.plan.name)),
            result.plan.variant.isEmpty ? .nothing : .paragraph(result.plan.variantText),
            result.plan.description.map { .paragraph($0) } ?? .nothing,
            .paragraph(facts.joined(separator: " \u{b7} "), class: "facts"))
    }

    private var footer: Markup {
        .tag(
            "footer",
            .text(
                "netlab \(result.netlabVersion). Made from result.json, which has every figure. "
                    + "Rates are decimal; the link's rates count the Ethernet header, not the frame check sequence. "
                    + "What nothing measured is shown as \(Quantity.unknown)."))
    }
}
