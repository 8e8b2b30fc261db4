/// How media travels and how it is played.
package struct PipelinePlan: Codable, Hashable, Sendable {
    package var `protocol`: StreamProtocol
    package var media: MediaPlan
    package var pacing: Pacing
    /// The largest RTP packet, its header included.
    package var packet: ByteCount
    package var player: PlayerPolicy
    /// For the protocols that carry MPEG-TS.
    package var transportStream: TransportStreamPlan
    /// For the protocols that carry media over HTTP.
    package var http: HTTPPlan
    /// For `rtsp`.
    package var rtsp: RTSPPlan
    package var srt: SRTPlan
    package var rist: RISTPlan
    package var ws: WebSocketPlan
    /// Absent where all that runs is netlab's.
    package var programs: ProgramsPlan?

    package init(
        `protocol`: StreamProtocol = .rtp, media: MediaPlan = .generated(video: VideoPlan(), audio: AudioPlan()),
        pacing: Pacing = .burst, packet: ByteCount = ByteCount(1200), player: PlayerPolicy = PlayerPolicy(),
        transportStream: TransportStreamPlan = TransportStreamPlan(), http: HTTPPlan = HTTPPlan(),
        rtsp: RTSPPlan = RTSPPlan(), srt: SRTPlan = SRTPlan(), rist: RISTPlan = RISTPlan(),
        ws: WebSocketPlan = WebSocketPlan(), programs: ProgramsPlan? = nil
    ) {
        self.protocol = `protocol`
        self.media = media
        self.pacing = pacing
        self.packet = packet
        self.player = player
        self.transportStream = transportStream
        self.http = http
        self.rtsp = rtsp
        self.srt = srt
        self.rist = rist
        self.ws = ws
        self.programs = programs
    }
}

extension PipelinePlan {
    /// Whether each kind of media is an RTP stream of its own in datagrams, known by what the seed gives it
    /// (`StreamIdentity`).
    package var hasDatagramsOfEachKind: Bool {
        `protocol` == .rtp || (`protocol` == .rtsp && rtsp.transport == .udp && programs?.sender == nil)
    }

    /// Whether media travels as MPEG-TS.
    package var carriesTransportStream: Bool {
        `protocol` == .ws ? ws.container == .mpegts : `protocol`.carriesTransportStream
    }

    /// Whether media crosses the link by TCP.
    package var travelsByTCP: Bool {
        `protocol`.travelsByTCP || (`protocol` == .rtsp && rtsp.transport == .tcp)
    }
}

/// The streaming protocols that have a pipeline.
package enum StreamProtocol: String, Codable, Sendable, CaseIterable {
    /// RTP over UDP with RTCP, a stream for each kind of media (RFC 3550).
    case rtp
    /// MPEG-TS in RTP (RFC 2250).
    case rtpTS = "rtp-ts"
    /// MPEG-TS in UDP datagrams.
    case udpTS = "udp-ts"
    /// RTP that a client has asked a server for (RFC 2326).
    case rtsp
    /// RTMP through a server (Adobe's Real Time Messaging Protocol 1.0).
    case rtmp
    /// RTMP to a server that makes segments of it for HTTP Live Streaming (RFC 8216).
    case rtmpHLS = "rtmp-hls"
    /// MPEG-TS in SRT (draft-sharabayko-srt-01).
    case srt
    /// MPEG-TS in RIST (VSF TR-06-1, TR-06-2).
    case rist
    /// HTTP Live Streaming (RFC 8216).
    case hls
    /// HLS with parts and blocking reloads (RFC 8216bis).
    case llHLS = "ll-hls"
    /// MPEG-DASH, live profile (ISO/IEC 23009-1).
    case dash
    /// DASH with chunks that are sent while their segment grows.
    case llDASH = "ll-dash"
    /// MPEG-TS or fragmented MP4 in WebSocket messages (RFC 6455).
    case ws
    /// The user's own programs, whatever they speak.
    case command
}

extension StreamProtocol {
    /// Whether media travels as MPEG-TS, unless the plan says otherwise.
    package var carriesTransportStream: Bool {
        switch self {
        case .rtp, .rtsp, .rtmp, .rtmpHLS, .hls, .llHLS, .dash, .llDASH, .command: false
        case .rtpTS, .udpTS, .srt, .rist, .ws: true
        }
    }

    /// Whether it sends lost packets again by itself, over UDP.
    package var repairs: Bool { self == .srt || self == .rist }

    /// Whether each kind of media is an RTP stream of its own, known by what the seed gives it (`StreamIdentity`).
    package var hasStreamOfEachKind: Bool {
        switch self {
        case .rtp, .rtsp: true
        case .rtpTS, .udpTS, .rtmp, .rtmpHLS, .srt, .rist, .hls, .llHLS, .dash, .llDASH, .ws, .command: false
        }
    }

    /// Whether media crosses the link by TCP whatever else the plan says.
    package var travelsByTCP: Bool {
        switch self {
        case .rtp, .rtsp, .rtpTS, .udpTS, .srt, .rist, .command: false
        case .rtmp, .rtmpHLS, .hls, .llHLS, .dash, .llDASH, .ws: true
        }
    }

    /// How media is offered where it travels over HTTP.
    package var http: HTTPProtocol? { HTTPProtocol(rawValue: rawValue) }

    /// Whether the receiver fetches media over HTTP, from netlab's origin or a server's.
    package var isFetched: Bool { http != nil || self == .rtmpHLS }

    /// Where the receiver listens, or the server; RTP's further streams and RTCP have the next ports.
    package var port: UInt16 {
        switch self {
        case .rtmp: RTMPService.port
        case .rtmpHLS: RTMPService.httpPort
        case .hls, .llHLS, .dash, .llDASH: 8080
        case .rtp, .rtpTS, .udpTS, .command: 5004
        case .rtsp: 8554
        case .srt: 9000
        case .ws: 8080
        case .rist: 7000
        }
    }
}

extension PipelinePlan {
    /// How long after the media's end a sender stays, so that what is still held back is given out.
    package var settling: TimeSpan {
        switch `protocol` {
        case .srt: srt.latency + srt.latency
        // A client that fell behind fetches the rest.
        case .hls, .llHLS, .dash, .llDASH: .seconds(60)
        case .rist: rist.buffer + rist.buffer
        case .rtsp where rtsp.mode == .push: .seconds(30)
        default: .zero
        }
    }
}

/// How media is multiplexed into MPEG-TS.
package struct TransportStreamPlan: Codable, Hashable, Sendable {
    /// Of a multiplex of constant rate, filled up with null packets. Absent: `udp-ts` has a quarter more than its media,
    /// the others are as large as their media.
    package var rate: Rate?

    package init(rate: Rate? = nil) {
        self.rate = rate
    }
}

/// When the packets of one access unit leave.
package enum Pacing: String, Codable, Sendable, CaseIterable {
    /// All at the access unit's time, as `ffmpeg -re` sends them.
    case burst
    /// Evenly over the time to the next access unit of the stream.
    case spread
}

/// The playout buffer that the player model keeps.
package struct PlayerPolicy: Codable, Hashable, Sendable {
    /// What to do when the next frame has not come by its time and nothing after it has either.
    package enum Underrun: String, Codable, Sendable, CaseIterable {
        /// Stop until `buffer` is full again; live latency grows by the stall.
        case wait
        /// Keep the playout clock; frames that come too late are not shown.
        case skip
    }

    /// Media held before playing starts, and again after a stall.
    package var buffer: TimeSpan
    package var underrun: Underrun

    package init(buffer: TimeSpan = .milliseconds(200), underrun: Underrun = .wait) {
        self.buffer = buffer
        self.underrun = underrun
    }
}
