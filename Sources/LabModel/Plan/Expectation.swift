/// One line of `expect:`: a metric, a comparison and a limit.
package struct Expectation: Codable, Hashable, Sendable {
    package enum Comparison: String, Codable, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "=="
    }

    /// A name of `Metric.catalogue`.
    package var metric: String
    package var comparison: Comparison
    /// In the metric's base unit: seconds, bits per second, bytes, a ratio or a count.
    package var limit: Double
    /// The line as it was written.
    package var text: String

    package init(metric: String, comparison: Comparison, limit: Double, text: String) {
        self.metric = metric
        self.comparison = comparison
        self.limit = limit
        self.text = text
    }
}
