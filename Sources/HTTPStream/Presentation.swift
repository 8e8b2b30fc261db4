package import LabModel

/// Media cut into pieces, with when each of them is there: all that an origin needs to offer it live. Its time line begins
/// with the first picture.
package struct Presentation: Sendable {
    package var `protocol`: HTTPProtocol
    package var plan: HTTPPlan
    /// Pictures in the ladder's order, then sound where it is apart.
    package var renditions: [Rendition]
    /// The time line's zero since the stream's start, which is also the containers' zero: more than nothing where frames
    /// are decoded in another order than they are shown in, or sound begins before the pictures.
    package var lead: TimeSpan

    package init(protocol: HTTPProtocol, plan: HTTPPlan, renditions: [Rendition], lead: TimeSpan = .zero) {
        self.protocol = `protocol`
        self.plan = plan
        self.renditions = renditions
        self.lead = lead
    }

    package func rendition(named name: String) -> Rendition? { renditions.first { $0.name == name } }

    package func renditions(of kind: MediaKind) -> [Rendition] { renditions.filter { $0.kind == kind } }

    /// When the last piece of all is there.
    package var end: TimeSpan { renditions.map(\.end).max() ?? .zero }

    /// How long it plays. Where segments are told apart by their numbers alone, what sound has behind the last of them
    /// does not count: a client would ask for one more.
    package var duration: TimeSpan {
        let end = renditions.compactMap { $0.segments.last.map { $0.start + $0.duration } }.max() ?? .zero
        let count = renditions.map(\.segments.count).max() ?? 0
        return isRegular ? min(end, TimeSpan(nanoseconds: plan.segment.nanoseconds * Int64(count))) : end
    }
}

/// One of several forms of the same content.
package struct Rendition: Sendable {
    /// The pictures.
    package struct Video: Sendable {
        package var width: Int
        package var height: Int
        package var framesPerSecond: Double?

        package init(width: Int, height: Int, framesPerSecond: Double?) {
            self.width = width
            self.height = height
            self.framesPerSecond = framesPerSecond
        }
    }

    /// The sound.
    package struct Audio: Sendable {
        package var sampleRate: Int
        package var channels: Int

        package init(sampleRate: Int, channels: Int) {
            self.sampleRate = sampleRate
            self.channels = channels
        }
    }

    /// Part of its addresses.
    package var name: String
    package var kind: MediaKind
    /// RFC 6381, of all that is in it.
    package var codecs: String
    package var video: Video?
    package var audio: Audio?
    /// What comes before the first segment; absent in MPEG-TS, whose segments stand alone.
    package var initialization: [UInt8]?
    package var segments: [Segment]

    /// Ticks a second of its track in MP4.
    var timescale: Int { audio?.sampleRate ?? 90_000 }

    package init(
        name: String, kind: MediaKind, codecs: String, video: Video? = nil, audio: Audio? = nil,
        initialization: [UInt8]? = nil, segments: [Segment]
    ) {
        self.name = name
        self.kind = kind
        self.codecs = codecs
        self.video = video
        self.audio = audio
        self.initialization = initialization
        self.segments = segments
    }
}

/// A stretch of a rendition that begins with a key frame.
package struct Segment: Sendable {
    /// From 0.
    package var number: Int
    /// Where its first unit lies on the time line.
    package var start: TimeSpan
    /// In the order of their times; a single one where it is published as a whole.
    package var pieces: [Piece]

    package init(number: Int, start: TimeSpan, pieces: [Piece]) {
        self.number = number
        self.start = start
        self.pieces = pieces
    }

    package var duration: TimeSpan { pieces.reduce(.zero) { $0 + $1.duration } }

    /// When it is whole, since the stream's start.
    package var available: TimeSpan { pieces.last?.available ?? .zero }

    package var size: Int { pieces.reduce(0) { $0 + $1.bytes.count } }

    /// How much of it is there.
    package func published(at now: TimeSpan) -> Int { pieces.count { $0.available <= now } }
}

/// What is published at once: a segment, or a part of one.
package struct Piece: Sendable {
    package var bytes: [UInt8]
    package var duration: TimeSpan
    /// When it is there, since the stream's start: when its last frame's time is over.
    package var available: TimeSpan
    /// Whether decoding can begin with it.
    package var isIndependent: Bool

    package init(bytes: [UInt8], duration: TimeSpan, available: TimeSpan, isIndependent: Bool) {
        self.bytes = bytes
        self.duration = duration
        self.available = available
        self.isIndependent = isIndependent
    }
}
