internal import LabModel

extension MediaPlaylist {
    /// Reads a playlist. Tags that a client may ignore are ignored; what it needs and lacks is an error.
    init(_ text: String) throws(ManifestError) {
        var reader = Reader()
        for (number, line) in try PlaylistLine.lines(of: text) {
            switch line {
            case .uri(let uri): try reader.addSegment(uri, line: number)
            case .tag(let name, let value): try reader.take(name, value, line: number)
            }
        }
        self = try reader.finish()
    }
}

/// A playlist as far as it is read, and what waits for the next segment.
private struct Reader {
    private var list = MediaPlaylist()
    private var hasTarget = false
    private var duration: TimeSpan?
    private var range: Substring?
    private var isGap = false
    /// Where the last range ended, and of what.
    private var lastEnd: (uri: String, end: Int64)?

    mutating func take(_ name: String, _ value: Substring, line: Int) throws(ManifestError) {
        switch name {
        case "EXTINF": duration = try time(value.prefix { $0 != "," }, name, line)
        case "EXT-X-BYTERANGE": range = value
        case "EXT-X-GAP": isGap = true
        case "EXT-X-MAP": list.openMap = try map(AttributeList(value), line)
        case "EXT-X-PROGRAM-DATE-TIME": list.openProgramTime = Timestamp(iso8601: value)
        case "EXT-X-PART": try addPart(AttributeList(value), line)
        case "EXT-X-PRELOAD-HINT": addHint(AttributeList(value))
        case "EXT-X-ENDLIST": list.isEnded = true
        case "EXT-X-TARGETDURATION":
            list.targetDuration = try time(value, name, line)
            hasTarget = true
        case "EXT-X-MEDIA-SEQUENCE":
            guard let number = Int(value), number >= 0, list.segments.isEmpty else {
                throw ManifestError("#EXT-X-MEDIA-SEQUENCE is not a number before the first segment", line: line)
            }
            list.firstNumber = number
        case "EXT-X-PART-INF": list.partTarget = AttributeList(value).time("PART-TARGET")
        case "EXT-X-SERVER-CONTROL": takeControl(AttributeList(value))
        default: break
        }
    }

    private mutating func takeControl(_ attributes: AttributeList) {
        list.canBlockReload = attributes.isYes("CAN-BLOCK-RELOAD")
        list.holdBack = attributes.time("HOLD-BACK")
        list.partHoldBack = attributes.time("PART-HOLD-BACK")
    }

    private func time(_ text: Substring, _ name: String, _ line: Int) throws(ManifestError) -> TimeSpan {
        guard let time = TimeSpan(decimal: text) else { throw ManifestError("#\(name) is no duration", line: line) }
        return time
    }

    private func map(_ attributes: AttributeList, _ line: Int) throws(ManifestError) -> MediaPlaylist.Map {
        guard let uri = attributes["URI"] else { throw ManifestError("#EXT-X-MAP without URI", line: line) }
        return MediaPlaylist.Map(uri: uri, range: attributes["BYTERANGE"].flatMap { ByteRange($0, after: 0) })
    }

    private mutating func addPart(_ attributes: AttributeList, _ line: Int) throws(ManifestError) {
        guard let uri = attributes["URI"], let duration = attributes.time("DURATION") else {
            throw ManifestError("#EXT-X-PART without URI or DURATION", line: line)
        }
        list.openParts.append(
            MediaPlaylist.Part(
                uri: uri, range: try range(attributes["BYTERANGE"].map { $0[...] }, of: uri, line), duration: duration,
                isIndependent: attributes.isYes("INDEPENDENT"), isGap: attributes.isYes("GAP")))
    }

    private mutating func addHint(_ attributes: AttributeList) {
        guard attributes["TYPE"] == "PART", let uri = attributes["URI"] else { return }
        list.hint = MediaPlaylist.Hint(
            uri: uri, start: attributes.integer("BYTERANGE-START") ?? 0, length: attributes.integer("BYTERANGE-LENGTH"))
    }

    private mutating func range(_ text: Substring?, of uri: String, _ line: Int) throws(ManifestError) -> ByteRange? {
        guard let text else { return nil }
        guard let range = ByteRange(text, after: lastEnd.flatMap { $0.uri == uri ? $0.end : nil } ?? 0) else {
            throw ManifestError("a byte range is not LENGTH@OFFSET", line: line)
        }
        lastEnd = (uri, range.offset + range.length)
        return range
    }

    mutating func addSegment(_ uri: String, line: Int) throws(ManifestError) {
        guard let duration else { throw ManifestError("a segment without #EXTINF", line: line) }
        list.segments.append(
            MediaPlaylist.Segment(
                number: list.openNumber, uri: uri, range: try range(range, of: uri, line), duration: duration,
                map: list.openMap, programTime: list.openProgramTime, isGap: isGap, parts: list.openParts))
        list.openParts = []
        list.openProgramTime = list.openProgramTime.map { $0 + duration }
        (self.duration, range, isGap) = (nil, nil, false)
    }

    consuming func finish() throws(ManifestError) -> MediaPlaylist {
        guard hasTarget else { throw ManifestError("no #EXT-X-TARGETDURATION") }
        return list
    }
}
