/// RTP over UDP with RTCP (RFC 3550): the sender writes the session's description, the receiver reads it.
enum RTPPipeline: StreamPipeline {
    static func start(_ cast: Cast) throws { try cast.startPair() }
}
