import LabModel

extension BatchFigure {
    /// What runs are compared by, in a table's order.
    static let all = titles.compactMap { metric, title in
        Metric.named(metric).map {
            BatchFigure(metric: metric, title: title, quantity: $0.quantity, ranks: metric != linkLoss)
        }
    }

    private static let titles = [
        ("player.startup", "Startup"), (stallCount, "Stalls"), (stallTotal, "Stalled"), (dropped, "Frames lost"),
        (late, "Frames late"), (linkLoss, "Lost on the link"), (unrepaired, "Lost after repair"), (latency, "Latency"),
        (latencyHigh, "Latency, 95 %"), (bytes, "On the wire"), (overhead, "Overhead"), (recovery, "Recovery"),
        (sync, "A/V offset"),
    ]

    static let startup = "player.startup"
    static let stallCount = "player.stall.count"
    static let stallTotal = "player.stall.total"
    static let dropped = "player.dropped"
    static let late = "player.late"
    static let latency = "player.latency.p50"
    static let latencyHigh = "player.latency.p95"
    static let linkLoss = "wire.loss"
    static let unrepaired = "media.loss"
    static let bytes = "wire.downlink.bytes"
    static let overhead = "wire.overhead"
    static let recovery = "outage.recovery"
    static let sync = "avsync.p95"

    /// Why a run has no value of it.
    func absence(in result: RunResult) -> String {
        if let reason = result.reasonAbsent(metric) { return reason }
        if metric.hasPrefix("player.") {
            guard let player = result.player else { return "nothing says what came of the frames" }
            return player.shown == 0 ? "no frame was ever shown" : "it was not measured"
        }
        switch metric {
        case Self.recovery: return "the link had no outage"
        case Self.sync:
            if case .generated(_, nil) = result.plan.pipeline.media { return "the media has no sound" }
            return "nothing tells where sound and picture belong"
        default: return "it was not measured"
        }
    }
}
