internal import LabModel

/// The playlist of playlists (RFC 8216, 4.3.4).
struct MultivariantPlaylist: Hashable {
    struct Variant: Hashable {
        var uri: String
        var rate: Rate
        var width: Int?
        var height: Int?
        /// The group of `sounds` that goes with it.
        var audioGroup: String?
    }

    /// Sound in a playlist of its own.
    struct Sound: Hashable {
        var group: String
        var uri: String
        var isDefault: Bool
    }

    private(set) var variants: [Variant] = []
    private(set) var sounds: [Sound] = []

    /// Whether a text is one rather than a media playlist.
    static func isOne(_ text: String) -> Bool { text.contains("#EXT-X-STREAM-INF:") }

    init(_ text: String) throws(ManifestError) {
        var open: AttributeList?
        for (number, line) in try PlaylistLine.lines(of: text) {
            switch line {
            case .tag("EXT-X-STREAM-INF", let value): open = AttributeList(value)
            case .tag("EXT-X-MEDIA", let value): addSound(AttributeList(value))
            case .uri(let uri):
                guard let attributes = open else { continue }
                open = nil
                guard let rate = attributes.integer("AVERAGE-BANDWIDTH") ?? attributes.integer("BANDWIDTH"), rate > 0
                else { throw ManifestError("a variant without BANDWIDTH", line: number) }
                variants.append(
                    Variant(
                        uri: uri, rate: Rate(bitsPerSecond: rate), width: attributes.resolution?.width,
                        height: attributes.resolution?.height, audioGroup: attributes["AUDIO"]))
            default: continue
            }
        }
        guard !variants.isEmpty else { throw ManifestError("no variant has a playlist") }
    }

    private mutating func addSound(_ attributes: AttributeList) {
        guard attributes["TYPE"] == "AUDIO", let group = attributes["GROUP-ID"], let uri = attributes["URI"] else {
            return
        }
        sounds.append(Sound(group: group, uri: uri, isDefault: attributes.isYes("DEFAULT")))
    }

    /// The sound that goes with the variants, where it has a playlist of its own.
    var sound: Sound? {
        let group = variants.lazy.compactMap(\.audioGroup).first
        let fitting = sounds.filter { $0.group == group }
        return fitting.first(where: \.isDefault) ?? fitting.first
    }
}

/// A line of a playlist that means something.
enum PlaylistLine: Hashable {
    /// Without `#`; the value is what follows the colon.
    case tag(String, Substring)
    case uri(String)

    /// All with their numbers from 1, comments and empty ones left out; throws where the first is not `#EXTM3U`.
    static func lines(of text: String) throws(ManifestError) -> [(Int, PlaylistLine)] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.first?.hasPrefix("#EXTM3U") == true else {
            throw ManifestError("it does not begin with #EXTM3U", line: 1)
        }
        return lines.enumerated().compactMap { number, line in
            let line = line.drop { $0 == " " }
            if line.isEmpty { return nil }
            if !line.hasPrefix("#") { return (number + 1, .uri(String(line))) }
            guard line.hasPrefix("#EXT") else { return nil }
            let name = line.dropFirst().prefix { $0 != ":" }
            return (number + 1, .tag(String(name), line[name.endIndex...].dropFirst()))
        }
    }
}
