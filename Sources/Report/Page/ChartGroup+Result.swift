import LabModel

extension ChartGroup {
    /// The charts that `result` has figures for, in the order of the page.
    static func groups(of result: RunResult) -> [ChartGroup] {
        let source = ChartSource(result)
        let groups =
            [
                ChartGroup(title: "Downlink", charts: source.link(.downlink)),
                ChartGroup(title: "Player", charts: source.player),
                ChartGroup(title: "Sound and picture", charts: source.sync),
                ChartGroup(title: "RTP", charts: source.rtp),
                ChartGroup(title: "Repair", charts: source.repair),
                ChartGroup(title: "HTTP client", charts: source.http),
                ChartGroup(title: "TCP", charts: source.tcp(result.tcp?.flows ?? [])),
                ChartGroup(title: "Uplink", charts: source.link(.uplink), folded: true),
            ] + hops(of: result, source)
        var shown = groups.filter { !$0.charts.isEmpty }
        for index in shown.indices { shown[index].charts[0].labels = true }
        return shown
    }
}

extension ChartGroup {
    /// Of a link of several hops, each by itself.
    private static func hops(of result: RunResult, _ source: ChartSource) -> [ChartGroup] {
        result.run.hops.indices.flatMap { index in
            Direction.allCases.map { direction in
                ChartGroup(
                    title: "Hop \(index + 1), \(direction.rawValue)", charts: source.link(direction, hop: index + 1),
                    folded: true)
            }
        }
    }
}

/// Makes charts out of a result's series.
private struct ChartSource {
    private let series: [String: Series]

    init(_ result: RunResult) {
        series = Dictionary(result.series.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func link(_ direction: Direction, hop: Int? = nil) -> [Chart] {
        let own = { (name: (Direction) -> String) in Series.Name.ofHop(hop, name(direction)) }
        return [
            chart(
                "Rate", .rate,
                [
                    line(own(Series.Name.rateAsked), "asked", .asked, .asked),
                    line(own(Series.Name.rate), "measured, Ethernet layer", .line, .blue),
                ]),
            chart(
                "One-way delay", .time,
                [
                    band(own(Series.Name.delayLow), own(Series.Name.delayHigh), "5 % to 95 %", .blue),
                    line(own(Series.Name.delayAsked), "asked, without queue", .asked, .asked),
                    line(own(Series.Name.delay), "median", .line, .blue),
                ]),
            chart("Loss", .ratio, [line(own(Series.Name.loss), "of the packets sent", .bars, .orange)]),
            chart("Queue", .size, [line(own(Series.Name.backlog), "waiting", .area, .purple)]),
        ].compactMap(\.self)
    }

    var player: [Chart] {
        [
            chart("Buffer", .time, [line(Series.Name.buffer, "media held", .area, .green)]),
            chart("Live latency", .time, [line(Series.Name.latency, "source to screen", .line, .blue)]),
        ].compactMap(\.self)
    }

    var http: [Chart] {
        [
            chart(
                "Rendition and estimate", .rate,
                [
                    line(Series.Name.rateAsked(.downlink), "the link's rate", .asked, .asked),
                    line(Series.Name.estimate, "the client's estimate", .line, .orange),
                    line(Series.Name.rendition, "rendition chosen", .line, .blue),
                ]),
            chart(
                "Media held by the client", .time, [line(Series.Name.clientBuffer, "at each decision", .line, .green)]),
        ].compactMap(\.self)
    }

    var sync: [Chart] {
        let lines = [
            line(Series.Name.syncTransport, "by transport", .line, .blue),
            line(Series.Name.syncArrival, "by arrival", .line, .green),
            line(Series.Name.syncContent, "by content", .line, .orange),
        ]
        guard var chart = chart("Offset, audio late negative", .time, lines) else { return [] }
        // ITU-R BT.1359: what viewers begin to notice.
        chart.guides = [-0.125, 0.045]
        return [chart]
    }

    var repair: [Chart] {
        [
            chart("Round trip, smoothed", .time, [line(Series.Name.repairRoundTrip, "at the sender", .line, .blue)]),
            chart(
                "Held back", .time,
                [
                    line(Series.Name.repairReceiverBuffer, "at the receiver, until its time", .area, .green),
                    line(Series.Name.repairSenderBuffer, "at the sender, until acknowledged", .line, .orange),
                ]),
            chart(
                "Rate of the sender", .rate,
                [
                    line(Series.Name.repairRate, "all", .line, .blue),
                    line(Series.Name.repairRetransmittedRate, "sent again", .area, .orange),
                ]),
        ].compactMap(\.self)
    }

    var rtp: [Chart] {
        [
            chart(
                "Jitter, RFC 3550", .time,
                [
                    line(Series.Name.jitter(.video), "video", .line, .blue),
                    line(Series.Name.jitter(.audio), "audio", .line, .orange),
                ]),
            chart(
                "Rate, UDP payload", .rate,
                [
                    line(Series.Name.rtpRate(.video), "video", .line, .blue),
                    line(Series.Name.rtpRate(.audio), "audio", .line, .orange),
                ]),
        ].compactMap(\.self)
    }

    /// The connections that analysis made series of.
    func tcp(_ flows: [TCPFlowReport]) -> [Chart] {
        let drawn = flows.enumerated().map { (number: $0.offset + 1, flow: $0.element) }
            .filter { series[Series.Name.tcpWindow($0.number)] != nil }
        let lines = { (name: (Int) -> String, role: Chart.Line.Role) in
            zip(drawn, [Chart.Line.Colour.blue, .orange, .green, .purple]).map { line, colour in
                self.line(name(line.number), "\(line.flow.sender) to \(line.flow.receiver)", role, colour)
            }
        }
        return [
            chart("Congestion window", .size, lines(Series.Name.tcpWindow, .line)),
            chart("Smoothed round trip", .time, lines(Series.Name.tcpRoundTrip, .line)),
            chart("Segments sent again", .count, lines(Series.Name.tcpRetransmissions, .bars)),
        ].compactMap(\.self)
    }

    /// A chart of the lines that there are; nothing when only settings would be left.
    private func chart(_ title: String, _ quantity: Quantity, _ lines: [Chart.Line?]) -> Chart? {
        let present = lines.compactMap(\.self)
        guard present.contains(where: { $0.role != .asked }) else { return nil }
        return Chart(title: title, quantity: quantity, least: quantity.leastReach, lines: present)
    }

    private func line(
        _ name: String, _ label: String, _ role: Chart.Line.Role, _ colour: Chart.Line.Colour
    ) -> Chart.Line? {
        guard let series = series[name], series.values.contains(where: { $0 != nil }) else { return nil }
        return Chart.Line(
            label: label, role: role, colour: colour, times: series.times.map(\.brief),
            values: series.values.map { $0?.brief })
    }

    private func band(
        _ low: String, _ high: String, _ label: String, _ colour: Chart.Line.Colour
    ) -> Chart.Line? {
        guard let low = series[low], let high = series[high], low.times.count == high.times.count,
            low.values.contains(where: { $0 != nil })
        else { return nil }
        return Chart.Line(
            label: label, role: .band, colour: colour, times: low.times.map(\.brief),
            low: low.values.map { $0?.brief }, high: high.values.map { $0?.brief })
    }
}
