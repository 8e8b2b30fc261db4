/// One request that the origin answered: a line of `media/origin-requests.jsonl`.
package struct OriginRequest: Codable, Hashable, Sendable {
    /// When its first line had come.
    package var time: Timestamp
    /// With its query.
    package var target: String
    /// Of HTTP.
    package var status: Int
    /// What of the presentation was asked for.
    package var rendition: String?
    package var segment: Int?
    package var part: Int?
    /// When the body's first bytes were given to the server; absent where it has none.
    package var firstByte: Timestamp?
    /// When all was given to the kernel, or the connection broke.
    package var end: Timestamp
    /// The payload of the body, without the framing of chunks.
    package var body: ByteCount
    /// The whole answer, headers and framing included, as TCP took it; absent where the kernel does not say.
    package var bytes: ByteCount?
    /// The request's line and headers.
    package var request: ByteCount?
    /// The client's port, which tells its connections apart.
    package var port: UInt16
    /// Whether it was answered to the end.
    package var whole: Bool

    package init(
        time: Timestamp, target: String, status: Int, rendition: String? = nil, segment: Int? = nil, part: Int? = nil,
        firstByte: Timestamp? = nil, end: Timestamp, body: ByteCount, bytes: ByteCount? = nil,
        request: ByteCount? = nil, port: UInt16, whole: Bool
    ) {
        self.time = time
        self.target = target
        self.status = status
        self.rendition = rendition
        self.segment = segment
        self.part = part
        self.firstByte = firstByte
        self.end = end
        self.body = body
        self.bytes = bytes
        self.request = request
        self.port = port
        self.whole = whole
    }
}

extension OriginRequest {
    /// What was asked for, by what it was found to be and by its name.
    package var kind: HTTPRequest.Kind {
        if part != nil { return .part }
        if segment != nil { return .segment }
        return target.hasSuffix(".mp4") ? .initialization : .manifest
    }
}
