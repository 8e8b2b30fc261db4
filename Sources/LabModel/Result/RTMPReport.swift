/// What an RTMP server said of itself, at the last reading before it was stopped.
package struct RTMPReport: Codable, Hashable, Sendable {
    /// From and to all its RTMP connections, framing included.
    package var received: ByteCount
    package var sent: ByteCount
    /// Messages that it left out for the player, because too many waited for it already.
    package var dropped: Int64

    package init(received: ByteCount, sent: ByteCount, dropped: Int64) {
        self.received = received
        self.sent = sent
        self.dropped = dropped
    }
}

extension Metric {
    static let rtmpMetrics: [Metric] = [
        Metric(name: "rtmp.dropped", quantity: .count, summary: "messages that the RTMP server left out for its player")
        {
            ($0.rtmp?.dropped).map(Double.init)
        }
    ]
}
