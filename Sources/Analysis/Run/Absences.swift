internal import LabModel

/// Why a run lacks figures that others have.
struct Absences {
    private let result: RunResult
    private(set) var all: [Absence] = []

    init(of result: RunResult, _ pass: CapturePass) {
        self.result = result
        guard result.run.streamStart != nil else {
            add("player", "the stream never started")
            return
        }
        explainPrograms()
        explainRTP()
        explainWire(pass.link.wire)
        explainRepair()
        explainTransportStream(pass.transportStream)
        explainPlayer()
    }

    private var name: String { result.plan.pipeline.protocol.rawValue }

    private mutating func add(_ figure: String, _ because: String) {
        all.append(Absence(figure, because: because))
    }

    private mutating func explainPrograms() {
        let plan = result.plan.pipeline
        if !plan.knowsUnits {
            for figure in ["media", "player", "avsync"] {
                add(figure, "what programs of your own send and show, frame by frame, only they know")
            }
        } else if !plan.knowsReception, !plan.protocol.hasStreamOfEachKind {
            for figure in ["media", "player", "avsync"] {
                add(figure, "what a receiver of your own makes of the frames only it knows")
            }
        } else if !plan.knowsDepartures {
            add("player.latency", "when a sender of your own sends a frame, and is to, only it knows")
        }
    }

    private mutating func explainRTP() {
        for kind in MediaKind.allCases where result.received != nil && result.rtp(kind) == nil {
            add("rtp.\(kind.rawValue)", whyNoStream(of: kind))
        }
    }

    private func whyNoStream(of kind: MediaKind) -> String {
        let plan = result.plan.pipeline
        return plan.protocol.hasStreamOfEachKind && !plan.knowsDepartures
            ? "a sender of your own chooses its SSRC; the streams that were found are listed by theirs"
            : "\(name) has no RTP stream of its own for \(kind.rawValue)"
    }

    private mutating func explainWire(_ meter: WireMeter?) {
        guard let wire = result.wire else {
            let isCaptured = result.sent != nil && result.received != nil
            return add("wire", isCaptured ? "no packet carried media" : "a capture is missing")
        }
        if wire.sentMedia == nil { add("wire.overhead", "nothing tells which media was sent") }
        for purpose in meter?.unknown ?? [] {
            add("wire.\(purpose.rawValue)", "nobody said which protocol the programs speak; it is counted as packaging")
        }
        if wire.bytes(for: .stuffing) == nil, meter?.unknown.isEmpty == true {
            add(
                "wire.stuffing",
                meter?.hasSegments == true
                    ? "TCP's segments do not begin where packets of MPEG-TS do; it is counted as packaging"
                    : "not every datagram shows MPEG-TS in clear and whole; it is counted as packaging")
        }
        guard wire.bytes(for: .packaging) == nil, wire.sentMedia != nil else { return }
        for figure in ["wire.packaging", "wire.undelivered"] {
            add(figure, "fewer bytes crossed the link than the media that was sent has")
        }
    }

    private mutating func explainRepair() {
        guard let rist = result.rist, rist.received != nil, rist.lost == nil else { return }
        for figure in ["repair.loss", "rist.lost"] {
            add(figure, "librist counted all that its ring can hold as lost when the stream came back")
        }
    }

    private mutating func explainTransportStream(_ tap: TransportStreamTap?) {
        guard result.plan.pipeline.carriesTransportStream else {
            return add("ts", "\(name) carries no MPEG-TS")
        }
        if tap == nil, !result.plan.pipeline.protocol.repairs {
            return add("ts", "\(name) repairs what the link loses, and no capture shows what comes out")
        }
        if tap?.hasFragments == true { return add("ts", "its datagrams came in fragments") }
        if !result.plan.pipeline.knowsReception {
            return add("ts", "what a receiver of your own is given only it knows")
        }
        guard let received = result.transportStream(.receiver) else { return add("ts", "no packet of it came") }
        if received.errors(.pcrAccuracy) == nil {
            add("ts.pcr-accuracy", "the multiplex has no constant rate, so that bytes do not tell the time")
        }
    }

    private mutating func explainPlayer() {
        guard let player = result.player else { return add("player", "nothing tells which frames came") }
        if player.startup == nil {
            add("player.startup", "no frame was ever shown" + whyNone)
            add("player.stall", "playing never began")
        }
        if player.startupFromRequest == nil {
            add("player.startup.request", "the receiver asks for nothing: the sender's packet is the first")
        }
        if result.outages.isEmpty { add("outage", "the link had no outage that ended") }
        for outage in result.outages where outage.recovery == nil {
            add("outage.recovery", "nothing was shown after the outage at \(Quantity.time.text(outage.start.seconds))")
        }
        for outage in result.outages where outage.recovery != nil && outage.latency == nil {
            add(
                "outage.latency",
                "live latency did not come back after the outage at \(Quantity.time.text(outage.start.seconds))")
        }
    }
    /// Where frames were lost that none was shown.
    private var whyNone: String {
        guard let video = result.media(.video), video.sent > 0, video.complete == 0 else { return "" }
        guard let link = result.link(.downlink), link.sentPackets > 0 else {
            return ": nothing was sent over the link"
        }
        let lost = link.lost == link.sentPackets ? "all" : "\(link.lost)"
        return ": none of \(video.sent) came whole; the link took \(lost) of \(link.sentPackets) packets"
    }
}
