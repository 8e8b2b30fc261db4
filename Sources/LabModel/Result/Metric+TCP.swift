extension Metric {
    /// Of the connections that belong to no probe.
    static let tcpMetrics: [Metric] = [
        Metric(name: "tcp.retransmissions", quantity: .count, summary: "TCP segments of the stream sent again") {
            $0.tcp.flatMap { $0.sum(\.retransmissions) }.map(Double.init)
        },
        Metric(
            name: "tcp.retransmitted", quantity: .ratio,
            summary: "TCP segments of the stream sent again, of all with data"
        ) {
            guard let tcp = $0.tcp, let again = tcp.sum(\.retransmissions), let all = tcp.sum(\.dataSegments), all > 0
            else { return nil }
            return Double(again) / Double(all)
        },
        Metric(name: "tcp.srtt.p50", quantity: .time, summary: "median smoothed round trip of the main TCP connection")
        {
            $0.tcp?.main?.roundTrip?.p50.seconds
        },
        Metric(name: "tcp.srtt.p95", quantity: .time, summary: "95th percentile of its smoothed round trip") {
            $0.tcp?.main?.roundTrip?.p95.seconds
        },
        Metric(name: "tcp.window.mean", quantity: .size, summary: "mean congestion window of the main TCP connection") {
            ($0.tcp?.main?.meanWindow?.bytes).map(Double.init)
        },
        Metric(name: "tcp.unsent.maximum", quantity: .size, summary: "most that waited in its sender's socket") {
            ($0.tcp?.main?.greatestUnsent?.bytes).map(Double.init)
        },
    ]
}

extension TCPReport {
    /// Over the stream's connections; `nil` where one of them does not tell.
    fileprivate func sum(_ figure: KeyPath<TCPFlowReport, Int64?>) -> Int64? {
        let values = ofStream.map { $0[keyPath: figure] }
        guard !values.isEmpty, !values.contains(nil) else { return nil }
        return values.compactMap(\.self).reduce(0, +)
    }
}
