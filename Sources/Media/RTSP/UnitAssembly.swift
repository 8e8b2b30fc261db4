internal import LabModel

/// Puts the pieces that a client gives out together to access units, and stores them.
final class UnitAssembly {
    private struct Unit {
        let ticks: Int64
        var bytes: [UInt8]
        /// When the last piece came (ns since 1970).
        var time: Int64
    }

    private struct Track {
        let facts: StreamFacts
        let finder: UnitTicks.Finder
        var open: Unit?
    }

    private var tracks: [MediaKind: Track]
    private let store: UnitStore

    init(_ streams: [StreamFacts], ticks: UnitTicks, store: UnitStore) {
        tracks = Dictionary(
            streams.map { ($0.stream, Track(facts: $0, finder: UnitTicks.Finder(ticks, $0))) },
            uniquingKeysWith: { first, _ in first })
        self.store = store
    }

    /// Takes a piece; returns the timestamp of the picture that is known to be whole by it, if one is.
    func add(_ piece: RTSPClient.Piece, of kind: MediaKind, at time: Int64) throws -> UInt32? {
        guard let track = tracks[kind] else { return nil }
        var finished: UInt32?
        if let ticks = piece.time.map(track.finder.ticks), ticks != track.open?.ticks {
            finished = try complete(kind)
            tracks[kind]?.open = Unit(ticks: ticks, bytes: piece.bytes, time: time)
        } else {
            tracks[kind]?.open?.bytes += piece.bytes
            tracks[kind]?.open?.time = time
        }
        // Sound comes in whole frames.
        if kind == .audio { _ = try complete(kind) }
        return finished
    }

    /// Stores what was begun; all is on disk then.
    func finish() throws {
        for kind in MediaKind.allCases { _ = try complete(kind) }
        try store.flush()
    }

    /// The timestamp of a picture.
    private func complete(_ kind: MediaKind) throws -> UInt32? {
        guard let track = tracks[kind], let unit = track.open else { return nil }
        tracks[kind]?.open = nil
        let timestamp = track.facts.firstTimestamp &+ UInt32(truncatingIfNeeded: unit.ticks)
        let isKey = NetworkUnits.isKey(unit.bytes, codec: track.facts.codec) ?? true
        try store.add(kind, unit.bytes, timestamp: timestamp, isKey: isKey, time: unit.time)
        return kind == .video ? timestamp : nil
    }
}
