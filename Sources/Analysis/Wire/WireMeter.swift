internal import LabModel

/// Counts what the stream's packets took of the link, from their fates in the order of sending.
struct WireMeter {
    private let probes: Set<UInt16>
    private let start: Timestamp
    private var reader: PurposeReader
    /// Whether the packets are of programs whose protocol nobody told.
    private let isForeign: Bool
    private var ways: [Direction: WireReport.Way] = [.downlink: .init(), .uplink: .init()]
    private var sizes: [PacketPurpose.Use: Int64] = [:]
    private var headers: Int64 = 0
    private var repeated: Int64 = 0
    /// `nil` once a packet could not tell.
    private var stuffing: Int64? = 0
    private var mediaPackets: Int64 = 0
    private var mediaPacketsLost: Int64 = 0
    private var lastMedia: Timestamp?
    /// Whether media came by TCP, which repairs all that it takes.
    private(set) var hasSegments = false
    /// The first packet of either side, whatever came before the stream.
    private var first: (direction: Direction, time: Timestamp)?

    init(_ inputs: RunInputs, start: Timestamp) {
        probes = inputs.plan.probePorts
        reader = PurposeReader(inputs.plan.pipeline)
        isForeign = inputs.plan.pipeline.protocol == .command
        self.start = start
    }

    /// What a packet is for, as it leaves; `nil` for one that is not the stream's.
    mutating func purpose(
        of packet: borrowing NetworkPacket, _ direction: Direction, size: Int, at time: Timestamp
    ) -> PacketPurpose? {
        guard !isProbe(packet) else { return nil }
        if first == nil { first = (direction, time) }
        guard direction == .downlink else { return PacketPurpose(use: .control) }
        let purpose = reader.purpose(of: packet, size: size)
        if purpose.use == .media, packet.transport == .tcp { hasSegments = true }
        return purpose
    }

    mutating func add(_ fate: PacketFate, _ direction: Direction) {
        guard let purpose = fate.purpose, fate.sent >= start else { return }
        ways[direction]?.packets += 1
        ways[direction]?.bytes.bytes += Int64(fate.size)
        guard direction == .downlink else { return }
        sizes[purpose.use, default: 0] += Int64(fate.size)
        guard purpose.use == .media else { return }
        headers += Int64(purpose.headers)
        repeated += Int64(purpose.repeated)
        if let bytes = purpose.stuffing { stuffing? += Int64(bytes) } else { stuffing = nil }
        lastMedia = max(lastMedia ?? fate.sent, fate.sent)
        guard !fate.mayBeUnderWay else { return }
        mediaPackets += 1
        if fate.arrival == nil || fate.corrupted { mediaPacketsLost += 1 }
    }

    private func isProbe(_ packet: borrowing NetworkPacket) -> Bool {
        let (low, high) = (
            min(packet.sourcePort, packet.destinationPort), max(packet.sourcePort, packet.destinationPort)
        )
        return probes.contains(low) && high == low + ProbePort.senderOffset
    }
}

extension WireMeter {
    /// The receiver's first packet, where nothing came from the sender before.
    var request: Timestamp? { first?.direction == .uplink ? first?.time : nil }

    /// What it all came to.
    ///
    /// - Parameter media: of every stream; empty where nothing tells the access units.
    func report(_ media: [MediaReport]) -> WireReport? {
        guard let lastMedia else { return nil }
        var report = WireReport(time: lastMedia - start)
        report.downlink = ways[.downlink, default: .init()].over(report.time)
        report.uplink = ways[.uplink, default: .init()].over(report.time)
        (report.mediaPackets, report.mediaPacketsLost) = (mediaPackets, mediaPacketsLost)
        let sent = media.reduce(0) { $0 + ($1.sentBytes?.bytes ?? 0) }
        let delivered = media.reduce(0) { $0 + ($1.deliveredBytes?.bytes ?? 0) }
        if sent > 0 { (report.sentMedia, report.deliveredMedia) = (ByteCount(sent), ByteCount(delivered)) }
        report.parts = parts(sent: sent, delivered: delivered)
        return report
    }

    private func parts(sent: Int64, delivered: Int64) -> [WireReport.Part] {
        let retransmitted = sizes[.retransmission, default: 0] + repeated
        let carried = sizes[.media, default: 0] - headers - repeated - (stuffing ?? 0)
        // TCP loses nothing that it took; what its receiver did not get never was on the wire.
        let media = hasSegments ? delivered : sent
        var sums: [WireReport.Purpose: Int64?] = [
            .headers: headers, .retransmission: retransmitted, .stuffing: stuffing,
            .fec: sizes[.fec, default: 0], .control: sizes[.control, default: 0],
        ]
        for purpose in unknown { sums[purpose] = Int64?.none }
        if sent > 0, carried >= media {
            sums[.packaging] = carried - media
            sums[.undelivered] = media - delivered
        }
        return WireReport.Purpose.allCases.compactMap { purpose in
            sums[purpose].flatMap(\.self).map { WireReport.Part(purpose, ByteCount($0)) }
        }
    }
}

extension WireMeter {
    /// What nothing tells of the packets: TCP says what it sends again, a datagram of an unknown protocol does not.
    var unknown: [WireReport.Purpose] {
        guard isForeign else { return [] }
        return hasSegments ? [.stuffing] : [.stuffing, .retransmission, .fec]
    }
}

extension WireReport.Way {
    fileprivate func over(_ time: TimeSpan) -> WireReport.Way {
        var way = self
        if time > .zero { way.rate = Rate(bitsPerSecond: Int64(Double(bytes.bytes) * 8 / time.seconds)) }
        return way
    }
}
