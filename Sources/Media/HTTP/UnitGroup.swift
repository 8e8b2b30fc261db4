internal import HTTPStream
internal import LabModel

/// The access units of one piece, in decoding order.
struct UnitGroup {
    let place: SegmentCut.Place
    /// Of the stream's units.
    let units: Range<Int>
    /// When the first is due, and when the last is over, on the stream's clock.
    let start: Int64
    let end: Int64
    /// When the piece is there: the end of its place, so that the pieces of sound and pictures come together.
    let available: TimeSpan
    let isIndependent: Bool

    /// All of a stream's units, in groups.
    static func all(of stream: MediaSource.Stream, cut: SegmentCut) -> [UnitGroup] {
        let places = stream.units.map { unit in
            cut.place(of: stream.time(stream.kind == .video ? unit.dts : unit.pts).nanoseconds)
        }
        var starts = places.indices.filter { $0 == 0 || places[$0] != places[$0 - 1] }
        starts.append(places.count)
        return zip(starts, starts.dropFirst()).map { lower, upper in
            let end = upper < places.count ? stream.units[upper].dts : stream.endOfLast
            return UnitGroup(
                place: places[lower], units: lower..<upper, start: stream.units[lower].dts, end: end,
                available: upper < places.count
                    ? TimeSpan(nanoseconds: cut.end(of: places[lower])) : stream.time(end),
                isIndependent: stream.kind == .audio || stream.units[lower..<upper].contains(where: \.isKey))
        }
    }

    func piece(_ bytes: [UInt8], _ stream: MediaSource.Stream, _ shift: TimeSpan) -> Piece {
        Piece(
            bytes: bytes, duration: stream.time(end) - stream.time(start), available: available + shift,
            isIndependent: isIndependent)
    }
}

extension MediaSource.Stream {
    /// When the last unit is over, on the stream's clock: it lasts as long as the one before.
    fileprivate var endOfLast: Int64 {
        guard let last = units.last else { return 0 }
        return last.dts + (units.count > 1 ? last.dts - units[units.count - 2].dts : 0)
    }
}
