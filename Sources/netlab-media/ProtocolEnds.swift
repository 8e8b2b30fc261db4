internal import LabModel
internal import Media
internal import Origin
internal import RIST
internal import RunStore
internal import SRT

/// The two ends of a plan's protocol.
struct ProtocolEnds {
    let run: String
    let plan: Plan
    var port: UInt16 { plan.pipeline.protocol.port }

    init(run: String) throws {
        self.run = run
        plan = try RunDirectory(existing: run).read(Plan.self, from: RunFolder.plan)
    }

    func sender(media: String, bind: String, to: String, _ control: WorkerControl) throws -> any StreamSender {
        switch plan.pipeline.protocol {
        case .rtmp, .rtmpHLS:
            return try RTMPSender(
                run: run, media: media, url: RTMPService.url(at: bind),
                servedAs: plan.pipeline.protocol == .rtmp ? .messages : .segments, control: control)
        case .ws: return try webSocketSender(media: media, bind: bind)
        case .command: throw UsageError("protocol command has no sender of netlab's")
        case .rtp: return try RTPSender(run: run, media: media, to: to, port: port, bind: bind)
        case .udpTS:
            return try TransportStreamSender(
                run: run, media: media, carrier: UDPCarrier(bind: bind, to: to, port: port))
        case .rtpTS:
            return try TransportStreamSender(
                run: run, media: media, carrier: RTPCarrier(seed: plan.seed, bind: bind, to: to, port: port))
        case .rtsp:
            guard plan.pipeline.rtsp.mode == .push else { throw UsageError("netlab-rtsp serves what is pulled") }
            return try RTPSender(run: run, media: media, pushingTo: to, bind: bind)
        case .srt:
            return try TransportStreamSender(
                run: run, media: media, carrier: SRTCarrier(srtEnd(bind: bind, to: to, RunFolder.srtSender)))
        case .hls, .llHLS, .dash, .llDASH:
            return try HTTPSender(run: run, media: media) { presentation in
                try OriginServer(
                    presentation, on: bind, port: port, log: "\(run)/\(RunFolder.originRequests)")
            }
        case .rist:
            return try TransportStreamSender(
                run: run, media: media,
                carrier: RISTCarrier(to: ristPoint(to), seed: plan.seed, log: file(RunFolder.ristSender)))
        }
    }

    /// - Parameters:
    ///   - server: the address that it calls, where it calls: the server's or the sender's.
    ///   - camera: of several, from 1.
    ///   - linger: how long to wait for more when nothing comes any more (ns).
    func receiver(bind: String, server: String?, camera: Int, linger: Int64) throws -> any StreamReceiver {
        switch plan.pipeline.protocol {
        case .rtmp: return try RTMPReceiver(run: run, url: RTMPService.url(at: server ?? bind), linger: linger)
        case .rtmpHLS:
            guard let server else { throw UsageError("missing option '--from'") }
            return try segmentReceiver(server: server, linger: linger)
        case .ws:
            guard let server else { throw UsageError("missing option '--from'") }
            return try webSocketReceiver(server: server, linger: linger)
        case .command: throw UsageError("protocol command has no receiver of netlab's")
        case .rtp: return try RTPReceiver(run: run, bind: bind, linger: linger)
        case .udpTS:
            return try TransportStreamReceiver(
                run: run, linger: linger, source: UDPSource(bind: bind, port: port))
        case .rtpTS:
            return try TransportStreamReceiver(
                run: run, linger: linger, source: RTPSource(bind: bind, port: port))
        case .rtsp:
            guard let server else { throw UsageError("missing option '--from'") }
            return try RTSPReceiver(run: run, server: server, camera: camera, linger: linger)
        case .srt:
            guard let server else { throw UsageError("missing option '--from'") }
            return try TransportStreamReceiver(
                run: run, linger: linger, source: SRTSource(srtEnd(bind: bind, to: server, RunFolder.srtReceiver)))
        case .hls, .llHLS, .dash, .llDASH:
            guard let server, let http = plan.pipeline.protocol.http else {
                throw UsageError("missing option '--from'")
            }
            return try httpReceiver(http, server: server, port: port, linger: linger)
        case .rist:
            return try TransportStreamReceiver(
                run: run, linger: linger,
                source: RISTSource(at: ristPoint(bind), log: file(RunFolder.ristReceiver)))
        }
    }

    private func ristPoint(_ address: String) -> RISTPoint { RISTPoint(address, port: port, plan.pipeline.rist) }

    private func file(_ name: String) throws -> String { try RunDirectory(existing: run).file(name) }

    private func srtEnd(bind: String, to peer: String, _ log: String) throws -> SRTEnd {
        try SRTEnd(
            plan.pipeline.srt, isSender: log == RunFolder.srtSender, at: SRTAddress(bind, port: port),
            to: SRTAddress(peer, port: port), log: file(log))
    }
}
