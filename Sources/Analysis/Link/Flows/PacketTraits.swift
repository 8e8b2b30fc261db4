internal import LabModel

/// What tells a packet from others of its direction, as far as the direction's impairments ask.
struct PacketTraits {
    /// A bit for each match of the direction's `MatchTable`.
    var matches: UInt64 = 0
    /// Of an RTP packet of the media's own.
    var place: StreamPlace?
}

/// The place of an RTP packet in its stream.
struct StreamPlace: Hashable {
    var stream: MediaKind
    /// From 1.
    var number: Int
}

/// The matches that a direction's phases have: each is a bit.
struct MatchTable {
    private let matches: [PacketMatch]
    /// Of the matches that choose who takes the path.
    private let sorting: UInt64

    init(_ phases: [LinkPhase]) {
        var found: [PacketMatch] = []
        let paths = phases.compactMap(\.asked.match)
        for match in paths + phases.compactMap({ $0.asked.drop?.every?.match }) where !found.contains(match) {
            found.append(match)
        }
        // No timeline has more than there are bits but one that is made to.
        matches = Array(found.prefix(UInt64.bitWidth))
        sorting = matches.indices.reduce(0) { $0 | (paths.contains(found[$1]) ? 1 << UInt64($1) : 0) }
    }

    /// 0 where there is none.
    func bit(of match: PacketMatch?) -> UInt64 {
        match.flatMap(matches.firstIndex).map { 1 << UInt64($0) } ?? 0
    }

    /// - Parameter stream: whose RTP it is, where it is the media's own.
    func bits(of packet: borrowing NetworkPacket, stream: MediaKind?) -> UInt64 {
        var bits: UInt64 = 0
        for (index, match) in matches.enumerated() where match.describes(packet, stream: stream) {
            bits |= 1 << UInt64(index)
        }
        return bits
    }

    /// Whether there are packets that the path is not for.
    var isSorting: Bool { sorting != 0 }

    /// The bits that say whether the path is for a packet.
    func pathBits(_ bits: UInt64) -> UInt64 { bits & sorting }
}

/// Counts the packets of the media's streams by their sequence numbers, as they leave.
struct StreamPlaces {
    private let facts: [UInt32: StreamFacts]
    private var latest: [UInt32: Int] = [:]

    init(_ facts: [UInt32: StreamFacts]) {
        self.facts = facts
    }

    /// Whose RTP it is.
    func stream(of packet: borrowing NetworkPacket) -> MediaKind? {
        packet.isRTP ? packet.payload.bigEndian32(at: 8).flatMap { facts[$0]?.stream } : nil
    }

    mutating func place(of packet: borrowing NetworkPacket) -> StreamPlace? {
        guard packet.isRTP, let ssrc = packet.payload.bigEndian32(at: 8), let facts = facts[ssrc], let rtp = facts.rtp,
            let sequence = packet.payload.bigEndian16(at: 2)
        else { return nil }
        // The numbers begin again after 65536.
        let before = latest[ssrc] ?? 1
        let expected = rtp.firstSequence &+ UInt16(truncatingIfNeeded: before - 1)
        let number = before + Int(Int16(bitPattern: sequence &- expected))
        latest[ssrc] = max(before, number)
        return StreamPlace(stream: facts.stream, number: number)
    }
}

/// Tells the packets of one direction apart.
struct PacketSorter {
    private let table: MatchTable
    private let queuesKeepOrder: Bool
    private var places: StreamPlaces

    /// `nil` where the impairments ask for nothing of the kind.
    init?(_ phases: [LinkPhase], streams: [UInt32: StreamFacts]) {
        guard phases.contains(where: \.asked.sortsPackets) else { return nil }
        table = MatchTable(phases)
        queuesKeepOrder = phases.allSatisfy(\.asked.queue.keepsOrder)
        places = StreamPlaces(streams)
    }

    /// Whether all packets keep their order.
    var keepsOrder: Bool { queuesKeepOrder && !table.isSorting }

    /// Of packets in the order of their leaving.
    mutating func traits(of packet: borrowing NetworkPacket) -> PacketTraits {
        let bits = table.bits(of: packet, stream: places.stream(of: packet))
        return PacketTraits(matches: bits, place: places.place(of: packet))
    }

    /// What packets have in common that keep their order; `nil` for one of which no order is asked.
    func orderClass(of packet: borrowing NetworkPacket) -> UInt64? {
        let path = table.pathBits(table.bits(of: packet, stream: places.stream(of: packet)))
        return queuesKeepOrder ? path : packet.flow.map { $0 ^ path }
    }
}
