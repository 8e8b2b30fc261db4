internal import LabModel

/// Puts the packets of a transport stream into datagrams.
struct TransportStreamAssembly {
    typealias Unit = DatagramSchedule.Unit
    typealias Datagram = DatagramSchedule.Datagram

    /// What Ethernet, IP and UDP leave room for in whole packets of 188 bytes.
    private static let datagramSize = 7 * TransportStreamMuxer.packetSize

    private enum Pace {
        /// Datagrams of one size at one distance, as a modulator wants them.
        case constant(Rate)
        /// A unit's datagrams at its time or spread up to the next one's.
        case perUnit(Pacing)
    }

    private let pace: Pace
    private var units: [Unit] = []
    private var datagrams: [Datagram] = []
    private var rest: [UInt8] = []

    init(rate: Rate) { pace = .constant(rate) }

    init(pacing: Pacing) { pace = .perUnit(pacing) }

    /// - Parameters:
    ///   - due: when the unit may leave, since the stream's start, in nanoseconds.
    ///   - step: until the next unit of its stream.
    mutating func add(_ line: SentUnit, _ packets: [UInt8], due: Int64, step: Int64) {
        switch pace {
        case .constant(let rate): fill(line, packets, due: due, rate: rate)
        case .perUnit(let pacing):
            let first = datagrams.count
            let pieces = packets.pieces(of: Self.datagramSize)
            let gap = pacing == .spread ? step / Int64(max(pieces.count, 1)) : 0
            datagrams += pieces.enumerated().map { Datagram(due: due + Int64($0) * gap, bytes: $1) }
            units.append(Unit(line: line, due: due, datagrams: first...max(first, datagrams.count - 1)))
        }
    }

    private mutating func fill(_ line: SentUnit, _ packets: [UInt8], due: Int64, rate: Rate) {
        // What fills the time before a unit, null packets and clock references, comes out of the muxer with it.
        let lead = packets.startOfUnit
        let first = datagrams.count + (rest.count + lead) / Self.datagramSize
        rest += packets
        units.append(
            Unit(
                line: line, due: due,
                datagrams: first...max(first, datagrams.count + (rest.count - 1) / Self.datagramSize)))
        while rest.count >= Self.datagramSize {
            append(Array(rest.prefix(Self.datagramSize)), rate)
            rest.removeFirst(Self.datagramSize)
        }
    }

    private mutating func append(_ bytes: [UInt8], _ rate: Rate) {
        // When its last byte is there: before, a unit would leave that is not due yet.
        let due = Double((datagrams.count + 1) * Self.datagramSize) * 8 / Double(rate.bitsPerSecond)
        datagrams.append(Datagram(due: Int64(due * 1e9), bytes: bytes))
    }

    /// In the order of their times.
    consuming func finish() -> (units: [Unit], datagrams: [Datagram]) {
        if case .constant(let rate) = pace, !rest.isEmpty { append(rest, rate) }
        if case .perUnit(.spread) = pace { sort() }
        return (units, datagrams)
    }

    /// Spread units of both streams overlap.
    private mutating func sort() {
        let order = datagrams.indices.sorted { (datagrams[$0].due, $0) < (datagrams[$1].due, $1) }
        var places = [Int](repeating: 0, count: order.count)
        for (place, index) in order.enumerated() { places[index] = place }
        units = units.map { unit in
            let own = unit.datagrams.map { places[$0] }
            var unit = unit
            unit.datagrams = (own.min() ?? 0)...(own.max() ?? 0)
            return unit
        }
        datagrams = order.map { datagrams[$0] }
    }
}

extension [UInt8] {
    fileprivate func pieces(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }

    /// Where the first packet lies that begins a unit of media: its PID is libavformat's for an elementary stream.
    fileprivate var startOfUnit: Int {
        stride(from: 0, to: count, by: TransportStreamMuxer.packetSize).first { place in
            let pid = Int(self[place + 1] & 0x1F) << 8 | Int(self[place + 2])
            return self[place + 1] & 0x40 != 0 && (0x100..<0x1000).contains(pid)
        } ?? 0
    }
}
