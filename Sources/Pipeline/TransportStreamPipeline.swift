/// MPEG-TS in UDP datagrams or RTP (RFC 2250): nothing tells the receiver that the sender has left.
enum TransportStreamPipeline: StreamPipeline {
    static let endsByItself = false

    static func start(_ cast: Cast) throws { try cast.startPair() }
}
