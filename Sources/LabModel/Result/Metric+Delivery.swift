extension Metric {
    /// What arrived of the media, and what it cost: the same for every protocol.
    static let deliveryMetrics: [Metric] =
        [
            Metric(name: "media.lost", quantity: .count, summary: "access units that never came whole") {
                $0.media.isEmpty ? nil : Double($0.media.reduce(0) { $0 + $1.lost })
            },
            Metric(name: "media.loss", quantity: .ratio, summary: "loss after repair: units lost of units sent") {
                $0.lossAfterRepair
            },
            Metric(name: "media.rate.sent", quantity: .rate, summary: "media sent, without headers") {
                sum($0.media.map(\.rate))
            },
            Metric(name: "media.rate.delivered", quantity: .rate, summary: "media of units that came whole") {
                sum($0.media.map(\.deliveredRate))
            },
            Metric(name: "wire.loss", quantity: .ratio, summary: "loss before repair: media packets that the link lost")
            { $0.wire?.lossBeforeRepair },
            Metric(
                name: "wire.downlink.rate", quantity: .rate, summary: "of the stream into the downlink, Ethernet layer"
            ) { ($0.wire?.downlink.rate?.bitsPerSecond).map(Double.init) },
            Metric(name: "wire.downlink.bytes", quantity: .size, summary: "of the stream into the downlink") {
                ($0.wire?.downlink.bytes.bytes).map(Double.init)
            },
            Metric(name: "wire.uplink.rate", quantity: .rate, summary: "of the stream into the uplink, Ethernet layer")
            { ($0.wire?.uplink.rate?.bitsPerSecond).map(Double.init) },
            Metric(
                name: "wire.overhead", quantity: .ratio,
                summary: "downlink bytes beyond the media delivered, as a share of it"
            ) { $0.wire?.overhead },
        ]
        + WireReport.Purpose.allCases.map { purpose in
            Metric(name: "wire.\(purpose.rawValue)", quantity: .ratio, summary: purpose.summary) {
                $0.wire?.share(for: purpose)
            }
        } + [
            Metric(name: "wire.feedback", quantity: .ratio, summary: "uplink bytes as a share of the media delivered") {
                $0.wire?.feedback
            }
        ]

    /// Of several outages the worst; absent where one of them has none.
    static let outageMetrics: [Metric] = [
        outageMetric("recovery", "from an outage's end until the player plays again") { $0.recovery },
        outageMetric("unit", "from an outage's end until a unit came whole") { $0.firstUnit },
        outageMetric("keyframe", "from an outage's end until a key frame came whole") { $0.firstKeyFrame },
        outageMetric("latency", "from an outage's end until live latency is back") { $0.latency },
    ]

    private static func outageMetric(
        _ name: String, _ summary: String, _ part: @escaping @Sendable (OutageReport) -> TimeSpan?
    ) -> Metric {
        Metric(name: "outage.\(name)", quantity: .time, summary: summary + ", the longest") { result in
            let times = result.outages.compactMap(part)
            return times.count == result.outages.count ? times.max()?.seconds : nil
        }
    }

    private static func sum(_ rates: [Rate?]) -> Double? {
        let known = rates.compactMap(\.self)
        return known.isEmpty ? nil : Double(known.reduce(0) { $0 + $1.bitsPerSecond })
    }
}

extension RunResult {
    /// Share of the access units sent, of all streams, that never came whole.
    package var lossAfterRepair: Double? {
        let sent = media.reduce(0) { $0 + $1.sent }
        return sent > 0 ? Double(media.reduce(0) { $0 + $1.lost }) / Double(sent) : nil
    }
}

extension WireReport.Purpose {
    /// Completes the purpose's name as a metric.
    fileprivate var summary: String {
        let part =
            switch self {
            case .undelivered: "media that never came whole"
            case .packaging: "payload formats and containers"
            case .headers: "headers of packets that carry media"
            case .retransmission: "packets sent again"
            case .stuffing: "null packets and stuffing of MPEG-TS"
            case .fec: "forward error correction"
            case .control: "the sender's packets without media"
            }
        return "part of wire.overhead: \(part)"
    }
}
