package import LabModel

/// What an origin answers, and when: a function of the presentation and the clock.
package struct Site: Sendable {
    /// What is there.
    package enum Answer: Sendable {
        /// All of it.
        case whole(Resource)
        /// A segment of which more comes, chunk by chunk as each is there.
        case growing(Resource)
        /// Nothing to say before this moment since the stream's start; then ask again.
        case later(TimeSpan)
        /// An HTTP status from 400 on.
        case refused(Int)
    }

    /// What a body is made of.
    package struct Resource: Sendable {
        package var type: String
        /// With when each is there.
        package var pieces: [Piece]
        package var rendition: String?
        package var segment: Int?
        package var part: Int?
    }

    private let presentation: Presentation
    private let playlists: HLSWriter
    private let manifests: MPDWriter

    package init(_ presentation: Presentation) {
        self.presentation = presentation
        playlists = HLSWriter(presentation)
        manifests = MPDWriter(presentation)
    }

    /// When the last piece of all is there, since the stream's start.
    package var end: TimeSpan { presentation.end }

    /// The last segment of each kind of media, of any rendition: who has one of each has seen the end.
    package func isLast(_ resource: Resource) -> MediaKind? {
        guard let rendition = resource.rendition.flatMap(presentation.rendition(named:)),
            let last = rendition.segments.last
        else { return nil }
        let isEnd = resource.segment == last.number && (resource.part ?? last.pieces.count - 1) == last.pieces.count - 1
        return isEnd ? rendition.kind : nil
    }

    package var kinds: Set<MediaKind> { Set(presentation.renditions.map(\.kind)) }

    /// - Parameters:
    ///   - now: since the stream's start.
    ///   - start: that start by the wall clock.
    package func answer(_ request: SiteRequest, at now: TimeSpan, start: Timestamp) -> Answer {
        guard let path = request.path else { return .refused(404) }
        if path == SiteLayout.manifest, !presentation.protocol.isHLS {
            return .whole(text(manifests.manifest(at: now, start: start), "application/dash+xml"))
        }
        if path == SiteLayout.multivariantPlaylist, presentation.protocol.isHLS {
            return .whole(text(playlists.multivariant, Self.playlistType))
        }
        for rendition in presentation.renditions {
            if path == SiteLayout.playlist(rendition.name), presentation.protocol.isHLS {
                return playlist(rendition, request, at: now, start: start)
            }
            if path.hasPrefix(rendition.name + "/") {
                return media(rendition, String(path.dropFirst(rendition.name.count + 1)), at: now)
            }
        }
        return .refused(404)
    }

    private static let playlistType = "application/vnd.apple.mpegurl"

    private func text(_ text: String, _ type: String, rendition: String? = nil) -> Resource {
        let piece = Piece(bytes: Array(text.utf8), duration: .zero, available: .zero, isIndependent: true)
        return Resource(type: type, pieces: [piece], rendition: rendition)
    }

    private func playlist(
        _ rendition: Rendition, _ request: SiteRequest, at now: TimeSpan, start: Timestamp
    ) -> Answer {
        if request.isMalformed { return .refused(400) }
        var ready = rendition.begin
        if let sequence = request.mediaSequence, presentation.protocol.isLowLatency {
            // RFC 8216bis section 6.2.5.2: more than two segments ahead is no request of this stream's.
            guard sequence <= rendition.wholeSegments(at: now) + 2 else { return .refused(400) }
            ready = max(ready, rendition.readiness(segment: sequence, part: request.part))
        }
        if now < ready { return .later(ready) }
        return .whole(
            text(playlists.media(rendition, at: now, start: start), Self.playlistType, rendition: rendition.name))
    }

    private func media(_ rendition: Rendition, _ name: String, at now: TimeSpan) -> Answer {
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        if let bytes = rendition.initialization,
            "\(rendition.name)/\(name)" == SiteLayout.initialization(rendition.name)
        {
            let piece = Piece(bytes: bytes, duration: .zero, available: .zero, isIndependent: true)
            return .whole(Resource(type: type(of: rendition), pieces: [piece], rendition: rendition.name))
        }
        guard let number = words.first.flatMap({ Int($0) }), rendition.segments.indices.contains(number) else {
            return .refused(404)
        }
        let segment = rendition.segments[number]
        if isGone(segment, at: now) { return .refused(404) }
        if words.count == 2, "\(rendition.name)/\(name)" == SiteLayout.segment(number, of: rendition) {
            return whole(segment, rendition, at: now)
        }
        guard words.count == 3, words[2] == "m4s", presentation.protocol == .llHLS, let part = Int(words[1]),
            segment.pieces.indices.contains(part)
        else { return .refused(404) }
        return self.part(part, segment, rendition, at: now)
    }

    private func whole(_ segment: Segment, _ rendition: Rendition, at now: TimeSpan) -> Answer {
        let resource = Resource(
            type: type(of: rendition), pieces: segment.pieces, rendition: rendition.name, segment: segment.number)
        if segment.available <= now { return .whole(resource) }
        let hasBegun = presentation.protocol == .llDASH && segment.published(at: now) > 0
        return hasBegun ? .growing(resource) : .refused(404)
    }

    /// A part that is there, or the next one as soon as it is.
    private func part(_ part: Int, _ segment: Segment, _ rendition: Rendition, at now: TimeSpan) -> Answer {
        let piece = segment.pieces[part]
        guard piece.available > now else {
            return .whole(
                Resource(
                    type: type(of: rendition), pieces: [piece], rendition: rendition.name, segment: segment.number,
                    part: part))
        }
        guard let next = rendition.next(at: now), next == (segment.number, part) else { return .refused(404) }
        return .later(piece.available)
    }

    /// RFC 8216 section 6.2.2: what leaves a playlist stays for its own length and the longest playlist's; and once the
    /// stream is over, nothing goes.
    private func isGone(_ segment: Segment, at now: TimeSpan) -> Bool {
        let stay = presentation.longestSegment.nanoseconds * Int64(2 * presentation.plan.window + 1)
        return min(now, end) > segment.available + TimeSpan(nanoseconds: stay)
    }

    private func type(of rendition: Rendition) -> String {
        rendition.initialization == nil ? "video/mp2t" : "\(rendition.kind.rawValue)/mp4"
    }
}

extension Rendition {
    /// When a playlist that has this segment, or this part of it, is there. A part behind a segment's last is the first
    /// of the next segment; what comes after the end is there at the end.
    func readiness(segment number: Int, part: Int?) -> TimeSpan {
        guard segments.indices.contains(number) else { return end }
        guard let part else { return segments[number].available }
        if part < segments[number].pieces.count { return segments[number].pieces[part].available }
        return readiness(segment: number + 1, part: 0)
    }
}
