internal import LabModel

/// One pass over both captures of a run, in the order of time.
struct CapturePass {
    private(set) var senderRTP: RTPAnalyzer
    private(set) var receiverRTP: RTPAnalyzer
    private(set) var link: LinkPass
    private(set) var transportStream: TransportStreamTap?
    /// What came of each RTP stream's units, by its SSRC.
    private(set) var units: [UInt32: UnitTracker]
    /// When each RTP stream's units left the sender's interface, where a server stands between.
    private(set) var departures: [UInt32: UnitTracker]
    private(set) var traffic = TrafficWitness()
    private(set) var streamSeries: [UInt32: StreamSeries]
    private(set) var repair: RepairWatch?
    /// What HTTP's answers brought to the receiver.
    private(set) var answers: StreamExtent?

    private let facts: [UInt32: StreamFacts]
    private let hasPrograms: Bool

    init(_ inputs: RunInputs, link: LinkPass, bins: TimeBins) {
        senderRTP = RTPAnalyzer(streams: inputs.streams)
        receiverRTP = RTPAnalyzer(streams: inputs.streams)
        self.link = link
        repair = RepairWatch(inputs.plan.pipeline.protocol, LinkEnds(of: inputs.run))
        transportStream = TransportStreamTap(inputs.plan.pipeline.protocol)
        let name = inputs.plan.pipeline.protocol
        answers = name.isFetched ? StreamExtent(port: name.port) : nil
        facts = inputs.streams.bySource
        hasPrograms = inputs.plan.pipeline.programs != nil
        units = facts.mapValues { facts in
            UnitTracker(inputs.sent.filter { $0.stream == facts.stream && $0.camera == facts.camera })
        }
        departures = inputs.plan.pipeline.protocol == .rtsp ? units : [:]
        streamSeries = facts.mapValues { _ in StreamSeries(bins: bins) }
    }

    /// Adds the next frame of one capture.
    mutating func add(_ frame: CapturedFrame, at point: CaptureFacts.Point) {
        // What came corrupted the host drops, by its checksum or its address.
        if link.isCorrupted(frame, at: point) { return }
        guard let packet = NetworkPacket(frame) else {
            if point == .sender { senderRTP.addUnreadable() } else { receiverRTP.addUnreadable() }
            return
        }
        link.add(packet, frame, at: point)
        repair?.add(packet, length: frame.length, at: point)
        if transportStream != nil, link.direction(of: packet) == .downlink {
            transportStream?.add(packet, at: frame.time, point)
        }
        if point == .sender {
            note(senderRTP.add(packet, at: frame.time), at: frame.time)
        } else {
            if hasPrograms { traffic.add(packet) }
            answers?.add(packet)
            take(receiverRTP.add(packet, at: frame.time), at: frame.time)
        }
    }

    /// Ends all that is still open; see `LinkPass.finish`.
    mutating func finish(lastWords: Timestamp?, end: Timestamp?) {
        link.finish(lastWords: lastWords, end: end)
    }

    mutating func transportStreams() -> [TransportStreamReport] { transportStream?.finish() ?? [] }

    mutating func reports(senderDamage: String?, receiverDamage: String?) -> (sent: RTPReport, received: RTPReport) {
        (senderRTP.finish(damage: senderDamage), receiverRTP.finish(damage: receiverDamage))
    }

    private mutating func note(_ observation: RTPAnalyzer.Observation, at time: Timestamp) {
        switch observation {
        case .rtp(let header, _, .new(let sequence), _): departures[header.ssrc]?.add(sequence: sequence, at: time)
        case .carried(let parts): for part in parts { note(part, at: time) }
        case .rtp, .rtcp, .other: break
        }
    }

    private mutating func take(_ observation: RTPAnalyzer.Observation, at time: Timestamp) {
        switch observation {
        case .rtp(let header, let stream, let placement, let size):
            guard facts[header.ssrc] != nil else { return }
            streamSeries[header.ssrc]?.add(size: size, jitter: receiverRTP.jitter(of: stream), at: time)
            if case .new(let sequence) = placement { units[header.ssrc]?.add(sequence: sequence, at: time) }
        case .carried(let parts): for part in parts { take(part, at: time) }
        case .rtcp, .other: break
        }
    }
}
