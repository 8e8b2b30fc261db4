internal import LabModel

extension StreamProtocol {
    /// The file that knows how the protocol's ends are started.
    var pipeline: any StreamPipeline.Type {
        switch self {
        case .rtp: RTPPipeline.self
        case .rtsp: RTSPPipeline.self
        case .rtmp: RTMPPipeline.self
        case .rtmpHLS: RTMPHLSPipeline.self
        case .hls, .llHLS, .dash, .llDASH: HTTPPipeline.self
        case .ws: WebSocketPipeline.self
        case .command: CommandPipeline.self
        case .rtpTS, .udpTS, .srt, .rist: TransportStreamPipeline.self
        }
    }
}
