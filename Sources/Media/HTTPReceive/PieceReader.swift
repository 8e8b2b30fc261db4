internal import CAV
internal import LabModel

/// The body of one piece of media while it comes, and the access units in it: of MP4 each fragment's once it is whole, of
/// MPEG-TS all at the end.
struct PieceReader {
    /// A unit, with when its last byte came.
    struct Unit {
        let kind: MediaKind
        /// On the container's clock.
        let timestamp: Int64
        let timescale: Int64
        let isKey: Bool
        let bytes: [UInt8]
        let time: Timestamp
    }

    /// What can be told of a piece that grew.
    struct Progress {
        var units: [Unit] = []
        /// How long the media is that came so far.
        var length = TimeSpan.zero
        /// The fragments that are whole by now and were not before.
        var fragments: [Range<Int>] = []
    }

    private(set) var body = ArrivingBody()
    /// Of MP4; nil for MPEG-TS.
    private let initialization: [UInt8]?
    private var scanner = FragmentScanner()
    private var extents: [MediaKind: Extent] = [:]

    init(initialization: [UInt8]?) {
        self.initialization = initialization
    }

    mutating func add(_ bytes: [UInt8], at time: Timestamp) throws(MediaError) -> Progress {
        body.add(bytes, at: time)
        guard initialization != nil else { return Progress() }
        let fragments = scanner.scan(body.bytes)
        var units: [Unit] = []
        for fragment in fragments {
            let taken = try take(fragment)
            units += taken
            for unit in taken { extents[unit.kind, default: Extent()].add(unit) }
        }
        return Progress(units: units, length: extents.values.map(\.length).min() ?? .zero, fragments: fragments)
    }

    /// The units in what nothing follows any more.
    func finish() throws(MediaError) -> [Unit] {
        if initialization != nil {
            guard let rest = scanner.rest(of: body.bytes) else { return [] }
            return try take(rest)
        }
        return try AVFailure.naming("take apart", "a segment of MPEG-TS") { () throws(AVFailure) in
            try transportUnits()
        }
    }

    private func take(_ fragment: Range<Int>) throws(MediaError) -> [Unit] {
        let units = try AVFailure.naming("take apart", "a fragment of MP4") { () throws(AVFailure) in
            try FragmentDemuxer.units(body.bytes[fragment], initialization: initialization ?? [])
        }
        return units.compactMap { unit in
            body.arrival(of: fragment.lowerBound + unit.end).map {
                Unit(
                    kind: unit.kind, timestamp: unit.pts, timescale: unit.timescale, isKey: unit.isKey,
                    bytes: unit.bytes, time: $0)
            }
        }
    }

    private func transportUnits() throws(AVFailure) -> [Unit] {
        let (body, size) = (body, 7 * TransportStreamMuxer.packetSize)
        var place = 0
        let demuxer = try TransportStreamDemuxer {
            guard place < body.bytes.count else { return nil }
            let end = min(place + size, body.bytes.count)
            defer { place = end }
            return body.arrival(of: end - 1).map { (Array(body.bytes[place..<end]), $0.nanoseconds) }
        }
        var units: [Unit] = []
        while let unit = try demuxer.read() {
            units.append(
                Unit(
                    kind: unit.kind, timestamp: unit.pts, timescale: 90_000, isKey: unit.isKey, bytes: unit.bytes,
                    time: Timestamp(nanoseconds: unit.time)))
        }
        return units
    }
}

/// How much time units fill.
private struct Extent {
    private var first = Double.infinity
    private var last = -Double.infinity
    private var count = 0

    mutating func add(_ unit: PieceReader.Unit) {
        let moment = Double(unit.timestamp) / Double(max(unit.timescale, 1))
        (first, last) = (min(first, moment), max(last, moment))
        count += 1
    }

    /// The last lasts as long as the others do.
    var length: TimeSpan {
        count > 1 ? .seconds((last - first) * Double(count) / Double(count - 1)) : .zero
    }
}
