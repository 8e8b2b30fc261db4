/// RTMP to nginx, which makes segments of a second of it and serves them to a client of HLS. Its playlist never says that
/// it has ended.
enum RTMPHLSPipeline: StreamPipeline {
    static let endsByItself = false
    static let drainsBacklog = true

    static func start(_ cast: Cast) throws {
        try RTMPPipeline.publish(cast, makesSegments: true)
        try RTMPPipeline.play(cast)
    }
}
