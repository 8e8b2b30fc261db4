package import LabModel

/// A client of adaptive streaming, without its transfers: told what came, it says what to fetch next. A value that follows
/// from what it was told alone.
///
/// - It joins by the presentation's rule, and keeps to its distance from the source by `LiveEdgeRule`.
/// - Before each segment of the main track `AdaptationRule` chooses the rendition; numbers of segments mean the same in
///   all of them.
/// - It fetches no more than `SessionLimits` allow, one piece of a track after another but for parts, and skips what cannot
///   be had.
package struct StreamingSession: Sendable {
    package internal(set) var presentation: any Presentation
    let rule: AdaptationRule
    let edge: LiveEdgeRule
    let limits: SessionLimits
    /// Media held before playing starts.
    let threshold: TimeSpan
    var lanes = [Lane(rendition: 0)]
    var estimate = ThroughputEstimate()
    package internal(set) var clock: PlayingClock?
    /// Since the last call of `takeDecisions`.
    var decisions: [Adaptation] = []
    var hasDecided = false
    var nextID = 0
    /// When a manifest came last, or was first asked for.
    var lastManifest: Timestamp?
    private var wakeUp: Timestamp?
    /// Why nothing more can come; nil while all is well.
    package internal(set) var failure: String?
    /// Pieces that were given up, and how often what lay behind the live edge was skipped.
    package internal(set) var givenUp = 0
    package internal(set) var skips = 0

    package init(
        _ presentation: any Presentation, rule: AdaptationRule, edge: LiveEdgeRule, threshold: TimeSpan,
        limits: SessionLimits = SessionLimits()
    ) {
        self.presentation = presentation
        self.rule = rule
        self.edge = edge
        self.threshold = threshold
        self.limits = limits
    }

    /// Whether nothing more is to be fetched.
    package var isOver: Bool {
        failure != nil
            || (!presentation.tracks.isEmpty
                && lanes.allSatisfy { $0.isEnded && $0.media.isEmpty && $0.manifest == nil })
    }

    /// The rendition of a fetch.
    package func rendition(of fetch: Fetch) -> Rendition? {
        guard let track = fetch.track, let rendition = fetch.rendition, presentation.tracks.indices.contains(track)
        else { return nil }
        return presentation.tracks[track].renditions[rendition]
    }

    /// What to begin to fetch now, and when to ask again if nothing has come by then; nil: not before something has.
    package mutating func step(now: Timestamp) -> (fetches: [Fetch], wakeUp: Timestamp?) {
        lastManifest = lastManifest ?? now
        wakeUp = nil
        keepToEdge(now)
        var fetches: [Fetch] = []
        for track in lanes.indices where failure == nil {
            if let fetch = manifestStep(track, now) { fetches.append(fetch) }
            while let fetch = mediaStep(track, now) { fetches.append(fetch) }
        }
        return (fetches, wakeUp)
    }

    mutating func wake(at time: Timestamp?) {
        guard let time else { return }
        wakeUp = min(wakeUp ?? time, time)
    }

    private mutating func keepToEdge(_ now: Timestamp) {
        let (live, target) = (presentation.liveMoment(now: now), presentation.target?.latency)
        clock?.isLast = lanes.allSatisfy(\.isEnded)
        clock?.advance(to: now, live: live, target: target)
        guard let clock, clock.mustSkip(live: live, target: target), !lanes[0].isEnded,
            let entry = presentation.join(track: 0, rendition: lanes[0].rendition, at: nil, now: now),
            let position = lanes[0].position, entry.position > position
        else { return }
        skips += 1
        self.clock?.jump(to: entry.start)
        for track in lanes.indices {
            lanes[track].position = track == 0 ? entry.position : nil
            lanes[track].asked = []
        }
    }

    mutating func fetch(
        _ resource: Resource, _ kind: HTTPRequest.Kind, track: Int?, rendition: Int?, piece: MediaPiece? = nil,
        attempt: Int, _ now: Timestamp
    ) -> Fetch {
        nextID += 1
        return Fetch(
            id: nextID, resource: resource, kind: kind, track: track, rendition: rendition, piece: piece,
            attempt: attempt, began: now)
    }
}
