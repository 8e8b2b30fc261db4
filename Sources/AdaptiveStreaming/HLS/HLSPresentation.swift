package import LabModel

/// HTTP Live Streaming (RFC 8216) and its low latency (draft-pantos-hls-rfc8216bis).
package struct HLSPresentation: Presentation {
    /// A media playlist as it was loaded last.
    struct Loaded {
        var list: MediaPlaylist
        var url: String
        /// When its request began.
        var began: Timestamp
        /// Whether it differed from the one before.
        var hasChanged: Bool
        /// Where its first segment begins on the timeline.
        var start: TimeSpan
    }

    private let url: String
    private var urls: [[String]] = []
    package private(set) var tracks: [Track] = []
    private(set) var playlists: [String: Loaded] = [:]
    /// The wall clock at the timeline's zero, where playlists tell the time.
    private var origin: Timestamp?
    /// The newest end of any playlist, and when it was seen.
    private var edge: (moment: TimeSpan, seen: Timestamp)?

    /// - Parameter url: of the multivariant playlist, or of a media playlist.
    package init(url: String) {
        self.url = url
    }

    package mutating func take(
        _ body: [UInt8], from url: String, began: Timestamp, now: Timestamp
    ) throws(ManifestError) {
        let text = String(decoding: body, as: UTF8.self)
        if tracks.isEmpty, MultivariantPlaylist.isOne(text) {
            take(try MultivariantPlaylist(text), from: url)
            return
        }
        if tracks.isEmpty {
            let only = Rendition(name: Self.name(of: url), rate: Rate(bitsPerSecond: 0))
            tracks = [Track(content: .main, renditions: [only])]
            urls = [[Self.withoutQuery(url)]]
        }
        take(try MediaPlaylist(text), from: Self.withoutQuery(url), began: began, now: now)
    }

    private mutating func take(_ list: MultivariantPlaylist, from base: String) {
        let variants = list.variants.sorted { $0.rate < $1.rate }
        tracks = [
            Track(
                content: .main,
                renditions: variants.map {
                    Rendition(name: Self.name(of: $0.uri), rate: $0.rate, width: $0.width, height: $0.height)
                })
        ]
        urls = [variants.map { URLReference.resolve($0.uri, against: base) }]
        guard let sound = list.sound else { return }
        let rendition = Rendition(name: Self.name(of: sound.uri), rate: Rate(bitsPerSecond: 0))
        tracks.append(Track(content: .audio, renditions: [rendition]))
        urls.append([URLReference.resolve(sound.uri, against: base)])
    }

    private mutating func take(_ list: MediaPlaylist, from url: String, began: Timestamp, now: Timestamp) {
        if origin == nil { origin = list.segments.first?.programTime ?? list.openProgramTime }
        let start = start(of: list, url)
        let hasChanged = playlists[url].map { $0.list != list } ?? true
        playlists[url] = Loaded(list: list, url: url, began: began, hasChanged: hasChanged, start: start)
        let end = start + list.length(before: list.end)
        if edge.map({ end > $0.moment }) ?? true { edge = (end, now) }
    }

    /// By the clock that it tells, or else by its numbers against what is known of its track.
    private func start(of list: MediaPlaylist, _ url: String) -> TimeSpan {
        if let origin, let time = list.segments.first?.programTime ?? list.openProgramTime { return time - origin }
        let own = urls.first { $0.contains(url) } ?? []
        guard let known = own.compactMap({ playlists[$0] }).max(by: { $0.began < $1.began }) else { return .zero }
        let first = Position(list.firstNumber)
        if list.firstNumber < known.list.firstNumber {
            return known.start - list.length(before: Position(known.list.firstNumber))
        }
        let gap = max(0, list.firstNumber - known.list.openNumber)
        return known.start + known.list.length(before: first)
            + TimeSpan(nanoseconds: Int64(gap) * list.targetDuration.nanoseconds)
    }

    package func liveMoment(now: Timestamp) -> TimeSpan? {
        origin.map { now - $0 } ?? edge.map { $0.moment + (now - $0.seen) }
    }

    /// The playlist of a rendition; nil before it was loaded.
    func loaded(_ track: Int, _ rendition: Int) -> Loaded? {
        guard urls.indices.contains(track), urls[track].indices.contains(rendition) else { return nil }
        return playlists[urls[track][rendition]]
    }

    private var anyLoaded: Loaded? { urls.joined().lazy.compactMap { playlists[$0] }.first }

    package var isLowLatency: Bool {
        anyLoaded.map { $0.list.canBlockReload && $0.list.partTarget != nil } ?? false
    }

    package var segmentLength: TimeSpan? { anyLoaded?.list.targetDuration }

    package let hasOneManifest = false

    package func manifestURL(track: Int, rendition: Int) -> String {
        urls.indices.contains(track) ? urls[track][rendition] : url
    }

    package func manifest(track: Int, rendition: Int, position: Position?, now: Timestamp) -> ManifestStep {
        guard !tracks.isEmpty else { return .fetch(url: url) }
        guard let loaded = loaded(track, rendition) else { return .fetch(url: urls[track][rendition]) }
        let list = loaded.list
        if list.isEnded { return .wait(until: nil) }
        if list.canBlockReload {
            if let position, position < list.end { return .wait(until: nil) }
            let part = list.partTarget == nil ? "" : "&_HLS_part=\(list.end.part)"
            let sign = loaded.url.contains("?") ? "&" : "?"
            return .fetch(url: "\(loaded.url)\(sign)_HLS_msn=\(list.end.number)\(part)")
        }
        // RFC 8216, 6.3.4: not before the target duration has passed, or half of it where nothing was new.
        let target = list.targetDuration.nanoseconds
        let due = loaded.began + TimeSpan(nanoseconds: loaded.hasChanged ? target : target / 2)
        return due <= now ? .fetch(url: loaded.url) : .wait(until: due)
    }

    package var target: LatencyTarget? {
        guard let list = anyLoaded?.list else { return nil }
        let (hold, words) = Self.holdBack(list)
        let step = list.partTarget.flatMap { list.canBlockReload ? $0 : nil } ?? list.targetDuration
        return LatencyTarget(
            latency: hold + step,
            source: "\(words) and one \(list.canBlockReload && list.partTarget != nil ? "part" : "segment")")
    }

    /// How far from its end to join, and what says so.
    static func holdBack(_ list: MediaPlaylist) -> (distance: TimeSpan, source: String) {
        if let part = list.partTarget, list.canBlockReload {
            if let hold = list.partHoldBack { return (hold, "PART-HOLD-BACK") }
            return (TimeSpan(nanoseconds: 3 * part.nanoseconds), "three part targets")
        }
        if let hold = list.holdBack { return (hold, "HOLD-BACK") }
        return (TimeSpan(nanoseconds: 3 * list.targetDuration.nanoseconds), "three target durations")
    }

    private static func withoutQuery(_ url: String) -> String {
        guard let directive = url.firstRange(of: "_HLS_")?.lowerBound else { return url }
        return String(url[..<url.index(before: directive)])
    }

    /// `v0` of `live/v0.m3u8`.
    private static func name(of uri: String) -> String {
        let path = uri.prefix { !"?#".contains($0) }
        let file = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        return String(file.prefix { $0 != "." })
    }
}
