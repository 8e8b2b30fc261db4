internal import LabModel

/// One pass over both captures of a run, in the order of time.
struct CapturePass {
    private(set) var senderRTP: RTPAnalyzer
    private(set) var receiverRTP: RTPAnalyzer
    private(set) var link: LinkPass
    private(set) var transportStream: TransportStreamTap?
    private(set) var units: [MediaKind: UnitTracker]
    private(set) var traffic = TrafficWitness()
    private(set) var streamSeries: [MediaKind: StreamSeries]
    private(set) var repair: RepairWatch?

    private let facts: [UInt32: StreamFacts]
    private let hasPrograms: Bool

    init(_ inputs: RunInputs, link: LinkPass, bins: TimeBins) {
        senderRTP = RTPAnalyzer(streams: inputs.streams)
        receiverRTP = RTPAnalyzer(streams: inputs.streams)
        self.link = link
        repair = RepairWatch(inputs.plan.pipeline.protocol, LinkEnds(of: inputs.run))
        transportStream = TransportStreamTap(inputs.plan.pipeline.protocol)
        facts = inputs.streams.bySource
        hasPrograms = inputs.plan.pipeline.programs != nil
        units = Dictionary(grouping: inputs.sent, by: \.stream).mapValues(UnitTracker.init)
        streamSeries = Dictionary(
            inputs.streams.map { ($0.stream, StreamSeries(bins: bins)) }, uniquingKeysWith: { first, _ in first })
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
            senderRTP.add(packet, at: frame.time)
        } else {
            if hasPrograms { traffic.add(packet) }
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

    private mutating func take(_ observation: RTPAnalyzer.Observation, at time: Timestamp) {
        guard case .rtp(let header, let stream, let placement, let size) = observation,
            let kind = facts[header.ssrc]?.stream
        else { return }
        streamSeries[kind]?.add(size: size, jitter: receiverRTP.jitter(of: stream), at: time)
        if case .new(let sequence) = placement { units[kind]?.add(sequence: sequence, at: time) }
    }
}
