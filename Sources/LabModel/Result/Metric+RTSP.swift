extension Metric {
    /// Of RTSP's sessions, and of several cameras.
    static let rtspMetrics: [Metric] = [
        Metric(name: "rtsp.setup", quantity: .time, summary: "the longest that a client took to come to its stream") {
            $0.rtsp?.setups.max()?.seconds
        },
        Metric(name: "cameras.shown.worst", quantity: .ratio, summary: "frames shown, of the camera with the fewest") {
            $0.cameras?.compactMap(\.shown).min()
        },
        Metric(name: "cameras.stall.worst", quantity: .time, summary: "stalls, of the camera with the most") {
            $0.cameras?.compactMap(\.player?.stallTotal.seconds).max()
        },
        Metric(
            name: "cameras.latency.worst", quantity: .time,
            summary: "95th percentile of live latency, of the camera with the greatest"
        ) {
            $0.cameras?.compactMap { $0.player?.liveLatency?.p95.seconds }.max()
        },
        Metric(
            name: "cameras.avsync.worst", quantity: .time,
            summary: "95th percentile of the offset of sound and picture, of the camera with the greatest"
        ) {
            $0.cameras?.compactMap { $0.sync.best?.magnitudeP95.seconds }.max()
        },
    ]
}
