internal import LabModel

/// RTMP to nginx, which makes segments of a second of it and serves them to a client of HLS. Its playlist never says that
/// it has ended.
enum RTMPHLSPipeline: StreamPipeline {
    static let endsByItself = false
    static let drainsBacklog = true

    static func start(_ cast: Cast) throws {
        let folder = cast.stage.folder
        cast.add(
            NginxAccessLog(
                "\(folder)/\(RunFolder.server)/\(Nginx.accessLog)", to: "\(folder)/\(RunFolder.originRequests)"))
        try RTMPPipeline.publish(cast, makesSegments: true)
        try cast.startReceiver()
    }
}
