internal import AdaptiveStreaming
internal import HTTPClient
internal import LabModel
internal import Media

extension ProtocolEnds {
    /// The client of a protocol over HTTP.
    ///
    /// - Parameters:
    ///   - server: the origin's address.
    ///   - linger: how long to wait for more when nothing comes any more (ns).
    func httpReceiver(
        _ name: HTTPProtocol, server: String, port: UInt16, linger: Int64
    ) throws -> HTTPReceiver {
        let host = server.contains(":") ? "[\(server)]:\(port)" : "\(server):\(port)"
        let live = "http://\(host)/live"
        let presentation: any Presentation =
            name.isHLS
            ? HLSPresentation(url: "\(live)/master.m3u8") : DASHPresentation(url: "\(live)/manifest.mpd")
        let http = plan.pipeline.http
        let session = StreamingSession(
            presentation, rule: http.rule, edge: LiveEdgeRule(catchUp: http.catchup(of: name).value),
            threshold: plan.pipeline.player.buffer)
        return try HTTPReceiver(run: run, session: session, transfers: TransferPool(), linger: linger)
    }

    /// The client of the one rendition that an RTMP server makes segments of.
    func segmentReceiver(server: String, linger: Int64) throws -> HTTPReceiver {
        let session = StreamingSession(
            HLSPresentation(url: RTMPService.playlistURL(at: server)), rule: .fixed(0),
            edge: LiveEdgeRule(catchUp: plan.pipeline.http.catchup(of: .hls).value),
            threshold: plan.pipeline.player.buffer)
        return try HTTPReceiver(run: run, session: session, transfers: TransferPool(), linger: linger)
    }
}

extension HTTPPlan {
    /// The client's rule; a session has its renditions in the order of their rates.
    fileprivate var rule: AdaptationRule {
        switch abr {
        case .fixed: .fixed(ladder.first.map { first in ladder.count { $0.rate < first.rate } } ?? 0)
        case .throughput: .throughput(ThroughputRule())
        case .bola: .bola(BOLA())
        }
    }
}
