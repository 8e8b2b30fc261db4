/// One RTP stream as seen at one capture point.
package struct RTPStreamReport: Codable, Sendable {
    package var ssrc: UInt32
    /// Address and port.
    package var source: String
    package var destination: String
    package var payloadTypes: [UInt8]
    /// What the run's sender says of the stream; unknown for a foreign capture.
    package var stream: MediaKind?
    package var codec: String?
    /// Whose it is, from 1, where there are several cameras.
    package var camera: Int?
    /// In Hz, from the run, the static payload type (RFC 3551), RTCP, or an estimate.
    package var clockRate: Int?
    package var first: Timestamp
    package var last: Timestamp
    /// RTP packets, duplicates included.
    package var packets: Int64
    /// Bytes of their UDP payloads.
    package var bytes: ByteCount
    /// Extended sequence numbers (RFC 3550 A.1).
    package var firstSequence: Int64
    package var highestSequence: Int64
    /// highest - first + 1 (RFC 3550 A.3), summed where the sender began again.
    package var expected: Int64
    /// expected - packets: RFC 3550's cumulative lost, which duplicates make smaller.
    package var lostRFC3550: Int64
    /// Sequence numbers that never came.
    package var missing: Int64
    package var duplicates: Int64
    /// Packets behind a greater sequence number (RFC 4737), and how many numbers behind the greatest they were.
    package var reordered: Int64
    package var reorderDistance: Int64
    /// RFC 3550 A.8; absent without a clock rate.
    package var meanJitter: TimeSpan?
    package var maximumJitter: TimeSpan?
    /// Greatest time between two packets.
    package var maximumGap: TimeSpan
    /// Over the stream's own length, of UDP payload.
    package var rate: Rate?
    /// Runs of missing packets: `lossRuns[n]` is how many runs of length n + 1 there were.
    package var lossRuns: [Int64]
    /// Absent where nothing is missing.
    package var bursts: BurstReport?
    /// How much faster the stream's clock goes than the capture's, as a ratio; absent for less than 10 s.
    package var drift: Double?
    /// The sender began again: sequence or timestamp jumped.
    package var restarts: Int64
    package var markers: Int64
    /// What its packets carry; absent where no format is known or likely.
    package var payload: PayloadReport?

    /// missing / expected; absent when nothing was expected.
    package var loss: Double? { expected > 0 ? Double(missing) / Double(expected) : nil }

    package init(ssrc: UInt32, source: String, destination: String, first: Timestamp) {
        self.ssrc = ssrc
        self.source = source
        self.destination = destination
        payloadTypes = []
        self.first = first
        last = first
        packets = 0
        bytes = ByteCount(0)
        firstSequence = 0
        highestSequence = 0
        expected = 0
        lostRFC3550 = 0
        missing = 0
        duplicates = 0
        reordered = 0
        reorderDistance = 0
        maximumGap = .zero
        lossRuns = []
        restarts = 0
        markers = 0
    }
}

/// One report block or sender report of RTCP (RFC 3550 section 6.4).
package struct RTCPReport: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case senderReport
        case receiverReport
        case bye
        case nack
        case pli
    }

    package var time: Timestamp
    package var kind: Kind
    /// Who sent it, and which stream it is about.
    package var from: UInt32
    package var about: UInt32?
    package var packetCount: UInt32?
    package var octetCount: UInt32?
    /// NTP time of a sender report as a moment of the same clock, and the RTP timestamp for it.
    package var senderTime: Timestamp?
    package var rtpTimestamp: UInt32?
    package var fractionLost: Double?
    package var cumulativeLost: Int64?
    package var highestSequence: UInt32?
    /// In units of the RTP clock.
    package var jitter: UInt32?
    /// From LSR and DLSR at the capture where the report arrived (RFC 3550 section 6.4.1).
    package var roundTrip: TimeSpan?

    package init(time: Timestamp, kind: Kind, from: UInt32, about: UInt32? = nil) {
        self.time = time
        self.kind = kind
        self.from = from
        self.about = about
    }
}

/// All RTP and RTCP of one capture.
package struct RTPReport: Codable, Sendable {
    package var streams: [RTPStreamReport]
    package var reports: [RTCPReport]
    /// Frames read, and those that were neither RTP nor RTCP nor fragments.
    package var frames: Int64
    package var others: Int64
    /// Fragments of IP packets; what they carry counts once all of it is there. Absent where there were none.
    package var fragments: Int64?
    /// Datagrams of which some fragments were there and others not; absent where there were none.
    package var incompleteDatagrams: Int64?
    /// RTCP reports beyond the first 10 000, which `reports` does not hold.
    package var reportsLeftOff: Int64?
    /// MPEG-TS straight in UDP; absent where there was none.
    package var transportStreams: [TransportStreamReport]?
    /// The capture ended in the middle of a packet, or was damaged, and where.
    package var damage: String?

    package init(
        streams: [RTPStreamReport] = [], reports: [RTCPReport] = [], frames: Int64 = 0, others: Int64 = 0,
        damage: String? = nil
    ) {
        self.streams = streams
        self.reports = reports
        self.frames = frames
        self.others = others
        self.damage = damage
    }
}
