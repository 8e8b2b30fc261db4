import LabModel

extension ReportPage {
    /// What the origin says of the requests, beside the capture and the client.
    func origin(_ report: HTTPReport) -> Markup {
        guard let origin = report.origin else { return .nothing }
        return .group([bytes(report, origin), answers(origin), slowest(origin)])
    }

    private func bytes(_ report: HTTPReport, _ origin: HTTPOriginReport) -> Markup {
        var table = Table(
            "Answers, counted three times",
            [.text("By"), .number("Requests"), .number("Bodies"), .number("With headers and framing")])
        let count = origin.requests.reduce(0) { $0 + $1.count }
        table.add(
            "The origin's log", count.grouped, exact(origin.body), origin.bytes.map(exact) ?? Quantity.unknown)
        table.add(
            "The capture at the receiver", "", "", origin.captured.map(exact) ?? Quantity.unknown)
        if report.hasClient {
            table.add("The client", report.requestCount.grouped, exact(report.body), exact(report.received))
        }
        var facts = "Each request is in media/origin-requests.jsonl"
        facts += report.hasClient ? ", and as the client saw it in media/http-requests.jsonl." : "."
        if let missing = origin.unanswered, missing > 0 { facts += " The origin has no line of \(missing)." }
        return .group([table.markup, .paragraph(facts)])
    }

    private func exact(_ size: ByteCount) -> String { size.bytes.grouped }

    private func answers(_ origin: HTTPOriginReport) -> Markup {
        var table = Table(
            "Requests at the origin",
            [
                .text("Of"), .number("Requests"), .number("Refused"), .number("Cut off"), .number("Bodies"),
                .number("Way there, median"), .number("95 %"), .number("Held back, median"), .number("95 %"),
                .number("Handed over, median"), .number("95 %"),
            ])
        for kind in origin.requests {
            let times = [kind.arrival, kind.hold, kind.sending].flatMap { [$0?.p50, $0?.p95] }
            let cells =
                [
                    kind.kind.rawValue, kind.count.grouped, kind.refused.grouped, kind.broken.grouped, kind.body.text,
                ] + times.map { $0?.text ?? Quantity.unknown }
            table.add(cells.map(Markup.text))
        }
        return table.markup
    }

    /// Both ends' times side by side.
    private func slowest(_ origin: HTTPOriginReport) -> Markup {
        var table = Table(
            "The slowest requests, since each began",
            [
                .text("Path"), .number("At"), .number("At the origin"), .number("Answer begins"),
                .number("First byte here"), .number("Origin has handed over"), .number("Whole here"), .number("Body"),
            ])
        for exchange in origin.slowest {
            table.add(
                exchange.path, sinceStart(exchange.start), exchange.arrived.text,
                exchange.answered?.text ?? Quantity.unknown, exchange.firstByte?.text ?? Quantity.unknown,
                exchange.handed.text, exchange.total.text, exchange.received.text)
        }
        return table.markup
    }
}
