/// One request of the HTTP client: a line of `media/http-requests.jsonl`.
package struct HTTPRequest: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case manifest
        case initialization
        case segment
        case part
    }

    /// Path and query.
    package var path: String
    package var kind: Kind
    /// The manifest's name of the rendition; absent of what belongs to none.
    package var rendition: String?
    /// The media sequence number, and the part's.
    package var segment: Int?
    package var part: Int?
    /// 1 for the first attempt.
    package var attempt: Int
    package var start: Timestamp
    /// Since the start: when a connection was there (absent where one was kept from before), when the first byte of the
    /// answer came, and when all was over.
    package var connected: TimeSpan?
    package var firstByte: TimeSpan?
    package var total: TimeSpan
    /// Absent where no answer came.
    package var status: Int?
    /// Of the body, without what frames a chunked one.
    package var body: ByteCount
    /// All that came of the answer, and all of the request, as TCP carries it.
    package var received: ByteCount
    package var sent: ByteCount
    /// Why it failed, in the library's words; absent where it did not.
    package var failure: String?

    package init(
        path: String, kind: Kind, rendition: String? = nil, segment: Int? = nil, part: Int? = nil, attempt: Int = 1,
        start: Timestamp, connected: TimeSpan? = nil, firstByte: TimeSpan? = nil, total: TimeSpan, status: Int? = nil,
        body: ByteCount, received: ByteCount, sent: ByteCount, failure: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.rendition = rendition
        self.segment = segment
        self.part = part
        self.attempt = attempt
        self.start = start
        self.connected = connected
        self.firstByte = firstByte
        self.total = total
        self.status = status
        self.body = body
        self.received = received
        self.sent = sent
        self.failure = failure
    }

    /// Whether the answer came whole and was a good one.
    package var succeeded: Bool { failure == nil && status.map { (200..<300).contains($0) } ?? false }

    /// Bytes of the body over the whole time of the request; nil where nothing came.
    package var throughput: Rate? {
        guard body.bytes > 0, total > .zero else { return nil }
        return Rate(bitsPerSecond: Int64(Double(body.bytes) * 8 / total.seconds))
    }
}
