/// Segments over HTTP: the sender is the origin, which leaves when nobody wants any more of it.
enum HTTPPipeline: StreamPipeline {
    static func start(_ cast: Cast) throws { try cast.startPair() }
}
