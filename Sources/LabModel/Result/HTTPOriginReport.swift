/// What the origin wrote down of its requests, held against the capture and the client.
package struct HTTPOriginReport: Codable, Hashable, Sendable {
    /// Of each kind that was asked for.
    package var requests: [HTTPOriginKindReport]
    /// Of HTTP's answers in the capture at the receiver: TCP's payload from the origin's port, each byte once; absent
    /// without the capture.
    package var captured: ByteCount?
    /// Requests of netlab's client that the origin has no line of; absent where the client is another.
    package var unanswered: Int64?
    /// Those that took the client longest, from the longest.
    package var slowest: [HTTPExchange]

    package init(
        requests: [HTTPOriginKindReport], captured: ByteCount?, unanswered: Int64?, slowest: [HTTPExchange]
    ) {
        self.requests = requests
        self.captured = captured
        self.unanswered = unanswered
        self.slowest = slowest
    }

    /// Of all bodies, as the origin handed them out.
    package var body: ByteCount { ByteCount(requests.reduce(0) { $0 + $1.body.bytes }) }

    /// Of all answers, as TCP took them; absent where the origin does not know.
    package var bytes: ByteCount? {
        requests.reduce(ByteCount?(ByteCount(0))) { sum, kind in
            sum.flatMap { sum in kind.bytes.map { ByteCount(sum.bytes + $0.bytes) } }
        }
    }
}

/// The origin's requests of one kind.
package struct HTTPOriginKindReport: Codable, Hashable, Sendable {
    package var kind: HTTPRequest.Kind
    package var count: Int64
    /// Of those, what got another status than success, and what was cut off before its end.
    package var refused: Int64
    package var broken: Int64
    package var body: ByteCount
    /// Whole answers; absent where the origin does not know.
    package var bytes: ByteCount?
    /// From the client's start until the origin has the request: the way there, and a new connection's round trip.
    package var arrival: Distribution?
    /// Until it begins to answer: what is still being made is waited for. Absent where the origin does not tell.
    package var hold: Distribution?
    /// From there until the kernel has the last byte; where the origin does not tell its beginning, from the request.
    package var sending: Distribution?

    package init(
        kind: HTTPRequest.Kind, count: Int64, refused: Int64, broken: Int64, body: ByteCount, bytes: ByteCount?,
        arrival: Distribution?, hold: Distribution?, sending: Distribution?
    ) {
        self.kind = kind
        self.count = count
        self.refused = refused
        self.broken = broken
        self.body = body
        self.bytes = bytes
        self.arrival = arrival
        self.hold = hold
        self.sending = sending
    }
}

/// One request as both ends saw it; all times since the client's start.
package struct HTTPExchange: Codable, Hashable, Sendable {
    package var path: String
    package var start: Timestamp
    /// At the origin: it has the request, its answer begins (absent where it does not tell), the kernel has all of it.
    package var arrived: TimeSpan
    package var answered: TimeSpan?
    package var handed: TimeSpan
    /// At the client: the answer's first byte, and its last.
    package var firstByte: TimeSpan?
    package var total: TimeSpan
    /// The body, as each end counted it.
    package var sent: ByteCount
    package var received: ByteCount

    package init(
        path: String, start: Timestamp, arrived: TimeSpan, answered: TimeSpan?, handed: TimeSpan,
        firstByte: TimeSpan?, total: TimeSpan, sent: ByteCount, received: ByteCount
    ) {
        self.path = path
        self.start = start
        self.arrived = arrived
        self.answered = answered
        self.handed = handed
        self.firstByte = firstByte
        self.total = total
        self.sent = sent
        self.received = received
    }
}
