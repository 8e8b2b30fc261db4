/// What the HTTP client's rule decided for one segment of video: a line of `media/abr.jsonl`.
package struct Adaptation: Codable, Hashable, Sendable {
    package var time: Timestamp
    /// The segment it was decided for.
    package var segment: Int
    /// The manifest's names of the rendition before, absent for the first, and of the one that was chosen.
    package var from: String?
    package var to: String
    /// Of the one that was chosen, by the manifest.
    package var rate: Rate
    package var reason: AdaptationReason
    /// What the client thought the network gives; absent before it had fetched anything.
    package var estimate: Rate?
    /// Media that the client held, and how far behind the source it played; absent where nothing says.
    package var buffer: TimeSpan
    package var latency: TimeSpan?
    /// How fast it played.
    package var playbackRate: Double

    package init(
        time: Timestamp, segment: Int, from: String? = nil, to: String, rate: Rate, reason: AdaptationReason,
        estimate: Rate? = nil, buffer: TimeSpan, latency: TimeSpan? = nil, playbackRate: Double = 1
    ) {
        self.time = time
        self.segment = segment
        self.from = from
        self.to = to
        self.rate = rate
        self.reason = reason
        self.estimate = estimate
        self.buffer = buffer
        self.latency = latency
        self.playbackRate = playbackRate
    }

    package var isSwitch: Bool { from.map { $0 != to } ?? false }
}

/// Why a rendition was chosen.
package enum AdaptationReason: String, Codable, Hashable, Sendable, CaseIterable {
    /// The plan says which.
    case fixed
    /// Nothing was measured yet.
    case noEstimate = "no-estimate"
    /// The estimate carries it, or no longer does.
    case throughput
    /// The buffer runs out, whatever the estimate says.
    case lowBuffer = "low-buffer"
    /// The buffer's level, by BOLA.
    case buffer
    /// Nothing speaks for another.
    case steady
    /// The estimate carries more, but the last switch was just now.
    case dwelling
}
