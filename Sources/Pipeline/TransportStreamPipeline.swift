/// MPEG-TS in UDP datagrams, RTP (RFC 2250), SRT or RIST. Nothing tells the receiver that the sender has left: SRT says so
/// once, in a packet that may be lost.
enum TransportStreamPipeline: StreamPipeline {
    static let endsByItself = false

    static func start(_ cast: Cast) throws {
        try cast.startPair()
        try cast.connect()
    }
}
