extension Metric {
    /// Of the protocols that send lost packets again.
    static let repairMetrics: [Metric] = [
        Metric(name: "repair.loss", quantity: .ratio, summary: "loss after repair: packets that the receiver gave up") {
            $0.repair?.lossAfter
        }
    ]

    static let srtMetrics: [Metric] = [
        count("srt.sender.retransmitted", "packets that SRT sent again") { $0.sender?.sent.retransmitted },
        count("srt.sender.dropped", "packets that were too late to be sent") { $0.sender?.sent.dropped },
        count("srt.receiver.lost", "packets that SRT's receiver found missing") { $0.receiver?.received.lost },
        count("srt.receiver.dropped", "packets that had not come when their time came") {
            $0.receiver?.received.dropped
        },
        count("srt.receiver.belated", "packets that came when their time was over") { $0.receiver?.received.belated },
        Metric(name: "srt.rtt", quantity: .time, summary: "median of SRT's smoothed round trip") {
            $0.srt?.roundTrip?.p50.seconds
        },
    ]

    static let ristMetrics: [Metric] = [
        ristCount("rist.retransmitted", "packets that RIST sent again") { $0.retransmitted },
        ristCount("rist.missing", "packets that RIST's receiver found missing") { $0.missing },
        ristCount("rist.recovered", "missing packets that came after all") { $0.recovered },
        ristCount("rist.lost", "missing packets that RIST's receiver gave up") { $0.lost },
        ristCount("rist.requests", "requests of RIST's receiver to send a packet again") { $0.requests },
        Metric(name: "rist.rtt", quantity: .time, summary: "median of RIST's round trip") {
            $0.rist?.roundTrip?.p50.seconds
        },
    ]

    private static func ristCount(
        _ name: String, _ summary: String, _ read: @escaping @Sendable (RISTReport) -> Int64?
    ) -> Metric {
        Metric(name: name, quantity: .count, summary: summary) { $0.rist.flatMap(read).map(Double.init) }
    }

    private static func count(
        _ name: String, _ summary: String, _ read: @escaping @Sendable (SRTReport) -> Int64?
    ) -> Metric {
        Metric(name: name, quantity: .count, summary: summary) { $0.srt.flatMap(read).map(Double.init) }
    }
}
