/// A figure that `expect:` lines and comparisons can name.
package struct Metric: Sendable {
    package let name: String
    package let quantity: Quantity
    /// What it is, in a line.
    package let summary: String
    /// Reads it from a result in base units; `nil` when the run could not measure it.
    package let read: @Sendable (RunResult) -> Double?

    package static func named(_ name: String) -> Metric? {
        catalogue.first { $0.name == name }
    }

    /// All metrics, in the order that documentation lists them.
    package static let catalogue: [Metric] =
        streamMetrics(.video) + streamMetrics(.audio) + deliveryMetrics + playerMetrics
        + outageMetrics + syncMetrics + transportStreamMetrics
        + linkMetrics(.downlink) + linkMetrics(.uplink) + probeMetrics + tcpMetrics + rtmpMetrics + repairMetrics
        + srtMetrics + ristMetrics + httpMetrics + rtspMetrics
}
