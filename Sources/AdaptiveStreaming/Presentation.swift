package import LabModel

/// One quality of one kind of media.
package struct Rendition: Hashable, Sendable {
    /// The manifest's name for it, or the path of its playlist.
    package var name: String
    package var rate: Rate
    package var width: Int?
    package var height: Int?

    package init(name: String, rate: Rate, width: Int? = nil, height: Int? = nil) {
        self.name = name
        self.rate = rate
        self.width = width
        self.height = height
    }
}

/// What is fetched side by side: the pictures (with the sound in them, where it is), or the sound.
package struct Track: Hashable, Sendable {
    package enum Content: String, Hashable, Sendable { case main, audio }
    package var content: Content
    /// From the least rate to the greatest; at least one.
    package var renditions: [Rendition]
}

/// Where a track goes on: the next segment, and the next part of it.
package struct Position: Hashable, Comparable, Sendable {
    package var number: Int
    package var part: Int

    package init(_ number: Int, part: Int = 0) {
        self.number = number
        self.part = part
    }

    package static func < (left: Position, right: Position) -> Bool {
        (left.number, left.part) < (right.number, right.part)
    }
}

/// A resource, or some bytes of one.
package struct Resource: Hashable, Sendable {
    package var url: String
    package var range: ByteRange?

    package init(url: String, range: ByteRange? = nil) {
        self.url = url
        self.range = range
    }
}

/// Some bytes of a resource.
package struct ByteRange: Hashable, Sendable {
    package var offset: Int64
    package var length: Int64

    package init(offset: Int64, length: Int64) {
        self.offset = offset
        self.length = length
    }
}

/// The next piece of media: a segment, or a part of one.
package struct MediaPiece: Hashable, Sendable {
    package var resource: Resource
    package var initialization: Resource?
    package var position: Position
    package var isPart: Bool
    /// On the presentation's timeline; the duration is the manifest's word, and of a piece still being made a guess.
    package var start: TimeSpan
    package var duration: TimeSpan
    /// Where the track goes on behind it.
    package var next: Position
}

/// Where a track begins to play.
package struct Entry: Hashable, Sendable {
    package var position: Position
    /// On the presentation's timeline.
    package var start: TimeSpan
}

/// What a track can do next.
package enum PieceStep: Hashable, Sendable {
    case fetch(MediaPiece)
    /// Nothing before that time; nil: nothing before a newer manifest.
    case wait(until: Timestamp?)
    case ended
}

/// A manifest to fetch, or when to ask again.
package enum ManifestStep: Hashable, Sendable {
    case fetch(url: String)
    /// Nil: nothing before something else has come.
    case wait(until: Timestamp?)
}

/// What a live edge is kept to: how far behind the source playing should be.
package struct LatencyTarget: Hashable, Sendable {
    package var latency: TimeSpan
    /// Where the figure comes from, for the report.
    package var source: String
}

/// A presentation as its manifests tell of it: HLS or DASH. Knows nothing of transfers, and all of what can be fetched.
package protocol Presentation: Sendable {
    /// Empty until a manifest has told them.
    var tracks: [Track] { get }

    /// Whether pieces smaller than segments come as they are made.
    var isLowLatency: Bool { get }

    /// How long segments are, as the manifests say; nil before they do.
    var segmentLength: TimeSpan? { get }

    /// What to fetch of manifests for this rendition (numbers in `tracks`); before there are tracks, for 0 and 0.
    func manifest(track: Int, rendition: Int, position: Position?, now: Timestamp) -> ManifestStep

    /// The manifest that tells of a track, and whether it is that of all tracks.
    func manifestURL(track: Int, rendition: Int) -> String
    var hasOneManifest: Bool { get }

    /// Takes a manifest that was fetched. `began` is when its request began.
    mutating func take(_ body: [UInt8], from url: String, began: Timestamp, now: Timestamp) throws(ManifestError)

    /// Where a viewer joins (the join rule), or, where `moment` is given, what holds it; nil while nothing is there.
    func join(track: Int, rendition: Int, at moment: TimeSpan?, now: Timestamp) -> Entry?

    /// What comes at `position`.
    func next(track: Int, rendition: Int, position: Position, now: Timestamp) -> PieceStep

    /// Where on its timeline the source is by now; nil while nothing says.
    func liveMoment(now: Timestamp) -> TimeSpan?

    /// Nil until a manifest has told it.
    var target: LatencyTarget? { get }
}
