/// MPEG-TS in the messages of a WebSocket connection (RFC 6455): the sender is the server that the receiver calls, as a
/// browser does. Its Close frame tells the end, behind all that it has sent.
enum WebSocketPipeline: StreamPipeline {
    static let drainsBacklog = true

    static func start(_ cast: Cast) throws {
        try cast.startPair()
        try cast.connect()
    }
}
