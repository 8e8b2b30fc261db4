/// A figure over the stream's time, for a chart.
package struct Series: Codable, Hashable, Sendable {
    /// Such as `link.downlink.delay`; `Series.Name` has those that reports know.
    package var name: String
    package var quantity: Quantity
    /// Seconds since the stream's start, ascending; negative while probes run.
    package var times: [Double]
    /// In base units; absent where there was nothing to measure.
    package var values: [Double?]

    package init(name: String, quantity: Quantity, times: [Double], values: [Double?]) {
        self.name = name
        self.quantity = quantity
        self.times = times
        self.values = values
    }
}
