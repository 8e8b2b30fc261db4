/// What the HTTP client asked for, got and decided, and what the origin says of it.
package struct HTTPReport: Codable, Hashable, Sendable {
    /// What it went by and came to; absent where it was ended before it could say, or is not netlab's.
    package var client: HTTPClientSummary?
    /// Of each kind that was asked for.
    package var requests: [HTTPRequestReport]
    /// The first of those that failed.
    package var failures: [HTTPRequest]
    /// How often the rendition changed (absent where the client is not netlab's), and the first changes.
    package var switchCount: Int64?
    package var switches: [Adaptation]
    /// What was played of the ladder: the segments of each rendition, from the least rate.
    package var shares: [RenditionShare]
    /// The mean rate of the renditions, by the manifest, each for as long as it was chosen.
    package var meanRate: Rate?
    /// The client's estimate over what the link's rate leaves for TCP's payload at that moment: 1 is right. Absent
    /// where the link has no rate, or nothing was estimated.
    package var estimateRatio: RatioSpread?
    /// The same of what each segment got, over the time of its request.
    package var transferRatio: RatioSpread?
    /// Absent where the origin wrote nothing down.
    package var origin: HTTPOriginReport?

    package init(
        client: HTTPClientSummary?, requests: [HTTPRequestReport], failures: [HTTPRequest], switchCount: Int64?,
        switches: [Adaptation], shares: [RenditionShare], meanRate: Rate?, estimateRatio: RatioSpread?,
        transferRatio: RatioSpread?, origin: HTTPOriginReport? = nil
    ) {
        self.client = client
        self.requests = requests
        self.failures = failures
        self.switchCount = switchCount
        self.switches = switches
        self.shares = shares
        self.meanRate = meanRate
        self.estimateRatio = estimateRatio
        self.transferRatio = transferRatio
        self.origin = origin
    }

    /// Whether netlab's client took part.
    package var hasClient: Bool { client != nil || !requests.isEmpty }

    package var requestCount: Int64 { requests.reduce(0) { $0 + $1.count } }
    package var failureCount: Int64 { requests.reduce(0) { $0 + $1.failed } }
    /// Of all bodies.
    package var body: ByteCount { ByteCount(requests.reduce(0) { $0 + $1.body.bytes }) }
    /// Of all answers, as TCP carried them.
    package var received: ByteCount { ByteCount(requests.reduce(0) { $0 + $1.received.bytes }) }
}

/// The requests of one kind.
package struct HTTPRequestReport: Codable, Hashable, Sendable {
    package var kind: HTTPRequest.Kind
    package var count: Int64
    /// Of those: what came to nothing, and what was asked for once more.
    package var failed: Int64
    package var repeated: Int64
    /// How many had to wait for a new connection.
    package var connections: Int64
    package var body: ByteCount
    package var received: ByteCount
    package var sent: ByteCount
    /// From the request's start, of those that succeeded.
    package var firstByte: Distribution?
    package var total: Distribution?

    package init(
        kind: HTTPRequest.Kind, count: Int64, failed: Int64, repeated: Int64, connections: Int64, body: ByteCount,
        received: ByteCount, sent: ByteCount, firstByte: Distribution?, total: Distribution?
    ) {
        self.kind = kind
        self.count = count
        self.failed = failed
        self.repeated = repeated
        self.connections = connections
        self.body = body
        self.received = received
        self.sent = sent
        self.firstByte = firstByte
        self.total = total
    }
}

/// How often one rendition was chosen.
package struct RenditionShare: Codable, Hashable, Sendable {
    package var name: String
    package var rate: Rate
    package var segments: Int64

    package init(name: String, rate: Rate, segments: Int64) {
        self.name = name
        self.rate = rate
        self.segments = segments
    }
}

/// How ratios spread.
package struct RatioSpread: Codable, Hashable, Sendable {
    package var count: Int64
    package var p5: Double
    package var median: Double
    package var p95: Double

    package init(count: Int64, p5: Double, median: Double, p95: Double) {
        self.count = count
        self.p5 = p5
        self.median = median
        self.p95 = p95
    }
}
