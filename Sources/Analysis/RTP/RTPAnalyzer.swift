internal import LabModel

/// Finds RTP and RTCP among packets and keeps their figures: one pass, bounded memory.
///
/// A datagram can be RTP when its header fits (`RTPHeader`). A stream is believed when it belongs to a known SSRC, or
/// when three of its packets go on in sequence with at most two payload types; only then is it reported. So DNS, QUIC
/// and STUN, whose bytes may pass for a header now and then, do not pass for a stream.
struct RTPAnalyzer {
    /// What one packet turned out to be.
    enum Observation {
        /// - size: of the RTP packet.
        case rtp(RTPHeader, stream: Int, Placement, size: Int)
        case rtcp
        case other
        /// What an RTSP connection carried, whole by this packet.
        case carried([Observation])
    }

    private let facts: [UInt32: StreamFacts]
    private var payloads: PayloadMap
    private(set) var streams: [StreamTracker] = []
    private var flows = FlowTable()
    private var control = ControlLog()
    private var frames: Int64 = 0
    private var others: Int64 = 0
    private var fragments: Int64 = 0
    private var reassembly = Reassembly()
    private var interleaved = InterleavedFlows()
    private var unbelieved = 0

    /// More streams than this at once that are not believed yet are noise: the oldest are forgotten.
    private static let candidateLimit = 4096

    init(streams: [StreamFacts] = [], payloads: PayloadMap = PayloadMap()) {
        facts = streams.bySource
        self.payloads = payloads
    }

    mutating func add(_ frame: borrowing CapturedFrame) {
        if let packet = NetworkPacket(frame) {
            add(packet, at: frame.time)
        } else {
            addUnreadable()
        }
    }

    mutating func addUnreadable() {
        frames += 1
        others += 1
    }

    @discardableResult
    mutating func add(_ packet: borrowing NetworkPacket, at time: Timestamp) -> Observation {
        frames += 1
        if packet.transport == .tcp, packet.fragment == nil { return readSegment(copy packet, at: time) }
        guard let fragment = packet.fragment else { return read(packet, at: time) }
        fragments += 1
        let (source, destination) = (packet.source, packet.destination)
        guard let payload = reassembly.add(fragment, of: packet, at: time) else { return .other }
        return payload.withUnsafeBytes { payload in
            let whole = NetworkPacket(fragment.kind, from: source, to: destination, joined: payload)
            return read(whole, at: time)
        }
    }

    private mutating func readSegment(_ segment: NetworkPacket, at time: Timestamp) -> Observation {
        payloads.add(SessionDescription.formats(in: segment.payload))
        let packets = interleaved.add(segment)
        guard !packets.isEmpty else {
            others += 1
            return .other
        }
        var observations: [Observation] = []
        for packet in packets {
            packet.withUnsafeBytes {
                observations.append(read(NetworkPacket($0, carriedBy: segment), at: time))
            }
        }
        return .carried(observations)
    }

    /// - Parameter time: when all of it was there.
    private mutating func read(_ packet: borrowing NetworkPacket, at time: Timestamp) -> Observation {
        if packet.transport == .udp, packet.payload.count >= 8, packet.payload[0] >> 6 == 2 {
            if (200...207).contains(packet.payload[1]),
                let compound = RTCPPacket.compound(packet.payload, length: packet.payloadLength)
            {
                control.add(compound, at: time)
                return .rtcp
            }
            if let header = RTPHeader(packet.payload, length: packet.payloadLength) {
                return add(header, packet, at: time)
            }
        }
        payloads.add(SessionDescription.formats(in: packet.payload))
        others += packet.isJoined ? 0 : 1
        return .other
    }

    /// The running jitter of a stream.
    func jitter(of stream: Int) -> TimeSpan? { streams[stream].currentJitter }

    /// All figures; the analyzer is spent.
    mutating func finish(damage: String?) -> RTPReport {
        var reports: [RTPStreamReport] = []
        var known: Set<UInt32> = []
        for index in streams.indices {
            let report = streams[index].finish()
            if streams[index].isConfirmed {
                reports.append(report)
                known.insert(report.ssrc)
            } else {
                others += report.packets
            }
        }
        var result = RTPReport(
            streams: reports.sorted { $0.first < $1.first }, reports: control.reports, frames: frames, others: others,
            damage: damage)
        result.fragments = fragments > 0 ? fragments : nil
        let incomplete = reassembly.finish()
        result.incompleteDatagrams = incomplete > 0 ? incomplete : nil
        result.reportsLeftOff = control.leftOff > 0 ? control.leftOff : nil
        return result
    }

    private mutating func add(
        _ header: RTPHeader, _ packet: borrowing NetworkPacket, at time: Timestamp
    ) -> Observation {
        let key = FlowKey(packet, ssrc: header.ssrc)
        if let number = flows.number(of: key) {
            let wasConfirmed = streams[number].isConfirmed
            let placement = streams[number].add(header, packet: packet, at: time)
            if !wasConfirmed, streams[number].isConfirmed { unbelieved -= 1 }
            return .rtp(header, stream: number, placement, size: packet.payloadLength)
        }
        if unbelieved >= Self.candidateLimit { forget(before: time - .seconds(5)) }
        let stream = StreamTracker(
            header, packet: packet, time: time, facts: facts[header.ssrc], map: payloads)
        unbelieved += stream.isConfirmed ? 0 : 1
        streams.append(stream)
        flows.set(key, to: streams.count - 1)
        let placement = Placement.new(stream.report.firstSequence)
        return .rtp(header, stream: streams.count - 1, placement, size: packet.payloadLength)
    }

    /// Forgets candidates that were not seen since `limit`, or all of them where that leaves too many.
    private mutating func forget(before limit: Timestamp) {
        let fresh = streams.count { !$0.isConfirmed && $0.lastSeen >= limit }
        let takesAll = fresh > Self.candidateLimit / 2
        var kept: [StreamTracker] = []
        let numbers = streams.map { stream -> Int? in
            guard stream.isConfirmed || (!takesAll && stream.lastSeen >= limit) else {
                others += stream.report.packets
                return nil
            }
            kept.append(stream)
            return kept.count - 1
        }
        streams = kept
        unbelieved = kept.count { !$0.isConfirmed }
        flows.renumber { numbers[$0] }
    }
}
