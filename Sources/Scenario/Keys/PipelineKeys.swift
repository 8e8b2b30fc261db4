import LabModel

/// The keys of `pipeline:`.
enum PipelineKeys {
    static let `protocol` = Key(
        "protocol",
        ValueKind<StreamProtocol>.choice(
            later: ["cmaf", "webrtc", "whip", "moq"]),
        "How media travels.")
    static let media = Key("media", .media, "What is streamed.")
    static let pacing = Key("pacing", ValueKind<Pacing>.choice(), "When the packets of one frame leave.")
    static let packet = Key(
        "packet", .size(from: 500, to: 2000), "The largest RTP packet, its header included; 1200B when left out.")
    static let player = Key("player", .player, "The playout buffer of the player model.")
    static let transportStream = Key("ts", .transportStream, "The MPEG-TS multiplex, where the protocol carries one.")
    static let http = Key("http", .http, "How media is cut, offered and asked for, where it travels over HTTP.")
    static let rtsp = Key("rtsp", .rtsp, "RTSP's transport and cameras, where the protocol is rtsp.")
    static let srt = Key("srt", .srt, "How SRT repairs and connects.")
    static let rist = Key("rist", .rist, "How RIST repairs.")
    static let webSocket = Key("ws", .webSocket, "What WebSocket messages hold, where the protocol is ws.")
    static let sender = Key("sender", .program, "A program of your own in place of netlab's sender.")
    static let server = Key("server", .program, "A program of your own in the sender's network, for protocol command.")
    static let receiver = Key("receiver", .program, "A program of your own in place of netlab's receiver.")
    static let shape = MappingShape(
        [
            `protocol`, media, pacing, packet, player, transportStream, http, rtsp, srt, rist, webSocket, sender,
            server,
            receiver,
        ],
        notes: ["fec": .later, "nack": .later, "encryption": .later])
}

/// The keys of `pipeline.player:`.
enum PlayerKeys {
    static let buffer = Key("buffer", .time(to: 60), "Media held before playing starts, and again after a stall.")
    static let underrun = Key(
        "underrun", ValueKind<PlayerPolicy.Underrun>.choice(), "What to do when the next frame has not come in time.")
    static let shape = MappingShape(
        [buffer, underrun], notes: ["delay": .called("buffer"), "latency": .called("buffer")])
}

extension ValueKind where Value == PlayerPolicy {
    static let player = ValueKind(shape: .mapping(PlayerKeys.shape)) { item in
        Fields(item, PlayerKeys.shape).map { fields in
            let usual = PlayerPolicy()
            return PlayerPolicy(
                buffer: fields(PlayerKeys.buffer) ?? usual.buffer,
                underrun: fields(PlayerKeys.underrun) ?? usual.underrun)
        }
    }
}

extension ValueKind where Value == PipelinePlan {
    static let pipeline = ValueKind(shape: .mapping(PipelineKeys.shape)) { item in
        Fields(item, PipelineKeys.shape).map { fields in
            let usual = PipelinePlan()
            let media = fields(PipelineKeys.media) ?? usual.media
            let http = fields(PipelineKeys.http) ?? HTTPDraft()
            let `protocol` = fields(PipelineKeys.protocol) ?? usual.protocol
            return PipelinePlan(
                protocol: `protocol`,
                media: media,
                pacing: fields(PipelineKeys.pacing) ?? usual.pacing,
                packet: fields(PipelineKeys.packet) ?? usual.packet,
                player: fields(PipelineKeys.player) ?? usual.player,
                transportStream: fields(PipelineKeys.transportStream) ?? usual.transportStream,
                http: http.resolved(for: media, over: `protocol`.http, item.reading),
                rtsp: fields(PipelineKeys.rtsp) ?? usual.rtsp, srt: fields(PipelineKeys.srt) ?? usual.srt,
                rist: fields(PipelineKeys.rist) ?? usual.rist, ws: fields(PipelineKeys.webSocket) ?? usual.ws,
                programs: programs(fields))
        }
    }
}

extension ValueKind where Value == PipelinePlan {
    private static func programs(_ fields: Fields) -> ProgramsPlan? {
        let programs = ProgramsPlan(
            sender: fields(PipelineKeys.sender), server: fields(PipelineKeys.server),
            receiver: fields(PipelineKeys.receiver))
        return programs.named.isEmpty ? nil : programs
    }
}

/// The keys of `pipeline.ts:`.
enum TransportStreamKeys {
    static let rate = Key(
        "rate", .rate(from: 5e4, to: 2e8), "Of a constant-rate multiplex, filled up with null packets.")
    static let shape = MappingShape([rate], notes: ["muxrate": .called("rate"), "bitrate": .called("rate")])
}

extension ValueKind where Value == TransportStreamPlan {
    static let transportStream = ValueKind(shape: .mapping(TransportStreamKeys.shape)) { item in
        Fields(item, TransportStreamKeys.shape).map { TransportStreamPlan(rate: $0(TransportStreamKeys.rate)) }
    }
}
