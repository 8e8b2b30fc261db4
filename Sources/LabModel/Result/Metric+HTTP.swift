extension Metric {
    /// Of netlab's own HTTP client.
    static let httpMetrics: [Metric] = [
        Metric(name: "http.switches", quantity: .count, summary: "how often the HTTP client changed the rendition") {
            $0.http?.switchCount.map(Double.init)
        },
        Metric(name: "http.rendition.mean", quantity: .rate, summary: "mean rate of the renditions that it chose") {
            ($0.http?.meanRate?.bitsPerSecond).map(Double.init)
        },
        Metric(name: "http.requests", quantity: .count, summary: "HTTP requests that it made") {
            $0.http.flatMap { $0.hasClient ? Double($0.requestCount) : nil }
        },
        Metric(name: "http.requests.failed", quantity: .count, summary: "HTTP requests that came to nothing") {
            $0.http.flatMap { $0.hasClient ? Double($0.failureCount) : nil }
        },
        Metric(name: "http.skips", quantity: .count, summary: "how often it skipped to the live edge") {
            ($0.http?.client?.skips).map(Double.init)
        },
        Metric(
            name: "http.estimate", quantity: .ratio,
            summary: "median of its estimate over what the link's rate leaves for TCP's payload"
        ) {
            $0.http?.estimateRatio?.median
        },
    ]
}
