internal import LabModel

/// The playlist of one rendition (RFC 8216, 4.3.3) with the tags of low latency (draft-pantos-hls-rfc8216bis, 4.4).
struct MediaPlaylist: Hashable {
    struct Part: Hashable {
        var uri: String
        var range: ByteRange?
        var duration: TimeSpan
        var isIndependent = false
        var isGap = false
    }

    /// What a player must read before a segment (`EXT-X-MAP`).
    struct Map: Hashable {
        var uri: String
        var range: ByteRange?
    }

    struct Segment: Hashable {
        /// The media sequence number.
        var number: Int
        var uri: String
        var range: ByteRange?
        var duration: TimeSpan
        var map: Map?
        /// The wall clock at its beginning, said or counted on from what was said.
        var programTime: Timestamp?
        var isGap = false
        /// Nearly always empty but near the live edge.
        var parts: [Part] = []
    }

    /// A part that will come next, and may be asked for by now.
    struct Hint: Hashable {
        var uri: String
        var start: Int64
        var length: Int64?
    }

    var targetDuration: TimeSpan = .zero
    var partTarget: TimeSpan?
    var firstNumber = 0
    /// Distances from the end that playing should keep.
    var holdBack: TimeSpan?
    var partHoldBack: TimeSpan?
    var canBlockReload = false
    var segments: [Segment] = []
    /// The parts that there are of the segment behind the last, what it needs, and when it began.
    var openParts: [Part] = []
    var openMap: Map?
    var openProgramTime: Timestamp?
    var hint: Hint?
    /// Nothing will be added.
    var isEnded = false

    /// The number of the segment behind the last.
    var openNumber: Int { firstNumber + segments.count }

    /// The first position that it does not have.
    var end: Position { Position(openNumber, part: openParts.count) }

    func segment(_ number: Int) -> Segment? {
        let index = number - firstNumber
        return segments.indices.contains(index) ? segments[index] : nil
    }

    /// Of all segments before `number`, and parts before `part` of that one.
    func length(before position: Position) -> TimeSpan {
        let whole = segments.prefix { $0.number < position.number }.reduce(TimeSpan.zero) { $0 + $1.duration }
        let parts = segment(position.number)?.parts ?? (position.number == openNumber ? openParts : [])
        return whole + parts.prefix(position.part).reduce(.zero) { $0 + $1.duration }
    }
}
