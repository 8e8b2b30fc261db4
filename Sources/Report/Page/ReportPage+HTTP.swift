import LabModel

extension ReportPage {
    /// What the HTTP client asked for, got and decided, and what the origin says.
    var http: Markup {
        guard let report = result.http else { return .nothing }
        return .section(
            "http", "HTTP",
            [
                report.client.map(rules) ?? .nothing, requests(report), origin(report), renditions(report),
                accuracy(report),
                switches(report), failures(report),
            ])
    }

    private func rules(_ client: HTTPClientSummary) -> Markup {
        var facts = "The client is netlab's own. Its rule is \(client.rule). It \(client.edge)."
        if client.skips > 0 { facts += " It skipped \(client.skips) times." }
        if client.givenUp > 0 { facts += " It went on without \(client.givenUp) pieces that it could not have." }
        if let failure = client.failure { facts += " It could not go on: \(failure)." }
        return .paragraph(facts)
    }

    private func requests(_ report: HTTPReport) -> Markup {
        var table = Table(
            "Requests of the client",
            [
                .text("Of"), .number("Requests"), .number("Failed"), .number("Asked again"), .number("New connections"),
                .number("Bodies"), .number("Received"), .number("First byte, median"), .number("95 %"),
                .number("Whole, median"), .number("95 %"), .number("Longest"),
            ])
        for kind in report.requests {
            table.add(
                kind.kind.rawValue, kind.count.grouped, kind.failed.grouped, kind.repeated.grouped,
                kind.connections.grouped, kind.body.text, kind.received.text,
                kind.firstByte?.p50.text ?? Quantity.unknown, kind.firstByte?.p95.text ?? Quantity.unknown,
                kind.total?.p50.text ?? Quantity.unknown, kind.total?.p95.text ?? Quantity.unknown,
                kind.total?.maximum.text ?? Quantity.unknown)
        }
        return table.markup
    }

    private func renditions(_ report: HTTPReport) -> Markup {
        let all = report.shares.reduce(0) { $0 + $1.segments }
        guard report.shares.count > 1 || report.client.map({ $0.renditions.count > 1 }) ?? false else {
            return .nothing
        }
        var table = Table(
            "What was chosen", [.text("Rendition"), .number("Rate"), .number("Segments"), .number("Share")])
        for share in report.shares {
            table.add(
                share.name, share.rate.text, share.segments.grouped,
                KeyFigure.share(share.segments, of: all))
        }
        if let mean = report.meanRate { table.add("Mean", mean.text, all.grouped, "") }
        return table.markup
    }

    private func accuracy(_ report: HTTPReport) -> Markup {
        var table = Table(
            "Against the link's rate, as TCP's payload",
            [.text("Ratio"), .number("5 %"), .number("Median"), .number("95 %"), .number("Count")])
        let rows = [("The client's estimate", report.estimateRatio), ("What segments got", report.transferRatio)]
        for (name, spread) in rows {
            guard let spread else { continue }
            table.add(name, spread.p5.fixed(2), spread.median.fixed(2), spread.p95.fixed(2), spread.count.grouped)
        }
        return table.markup
    }

    private func switches(_ report: HTTPReport) -> Markup {
        var table = Table(
            "Switches",
            [
                .number("At"), .number("Segment"), .text("From"), .text("To"), .text("Why"), .number("Estimate"),
                .number("Held"),
            ])
        for change in report.switches {
            table.add(
                sinceStart(change.time), "\(change.segment)", change.from ?? "", change.to, change.reason.rawValue,
                change.estimate?.text ?? Quantity.unknown, change.buffer.text)
        }
        let hidden = (report.switchCount ?? 0) - Int64(report.switches.count)
        return .group([table.markup, hidden > 0 ? .paragraph("And \(hidden) more, in media/abr.jsonl.") : .nothing])
    }

    private func failures(_ report: HTTPReport) -> Markup {
        var table = Table(
            "Requests that failed", [.number("At"), .text("Path"), .number("Status"), .number("Took"), .text("Why")])
        for request in report.failures {
            table.add(
                sinceStart(request.start), request.path, request.status.map { "\($0)" } ?? Quantity.unknown,
                request.total.text, request.failure ?? "")
        }
        let hidden = report.failureCount - Int64(report.failures.count)
        return .group([
            table.markup, hidden > 0 ? .paragraph("And \(hidden) more, in media/http-requests.jsonl.") : .nothing,
        ])
    }

    func sinceStart(_ time: Timestamp) -> String {
        result.run.streamStart.map { start in (time - start).text } ?? Quantity.unknown
    }
}
