package import LabModel

/// The client's own player, by which it knows what it holds: media that was fetched less what was played. What the report
/// says of stalls and latency comes from the model that all protocols share; this one only steers requests.
package struct PlayingClock: Hashable, Sendable {
    private let threshold: TimeSpan
    private let rule: LiveEdgeRule
    /// Where each track's media ends, on the presentation's timeline.
    private var ends: [TimeSpan]
    package private(set) var playhead: TimeSpan
    package private(set) var isPlaying = false
    package private(set) var rate = 1.0
    private var updated: Timestamp
    /// Nothing more will come.
    package var isLast = false

    /// - Parameters:
    ///   - start: where playing begins.
    ///   - tracks: how many must be there to play.
    ///   - threshold: media held before playing starts, and again after a stall.
    package init(start: TimeSpan, tracks: Int, threshold: TimeSpan, rule: LiveEdgeRule, now: Timestamp) {
        playhead = start
        ends = Array(repeating: start, count: tracks)
        self.threshold = threshold
        self.rule = rule
        updated = now
    }

    /// Media that every track has before the playhead.
    package var level: TimeSpan { max((ends.min() ?? playhead) - playhead, .zero) }

    /// The same of one track.
    package func level(of track: Int) -> TimeSpan { max(ends[track] - playhead, .zero) }

    /// Takes note of media of a track.
    package mutating func add(track: Int, until end: TimeSpan) {
        ends[track] = max(ends[track], end)
    }

    /// Goes on to `now`.
    ///
    /// - Parameters:
    ///   - live: where the source is; nil while nothing says.
    ///   - target: how far behind it playing should be.
    package mutating func advance(to now: Timestamp, live: TimeSpan?, target: TimeSpan?) {
        let passed = max(now - updated, .zero)
        updated = now
        if isPlaying {
            let step = TimeSpan(seconds: passed.seconds * rate)
            isPlaying = step < level
            playhead = playhead + min(step, level)
        }
        if !isPlaying { isPlaying = mayPlay(live: live, target: target) }
        guard let live, let target else { return }
        rate = rule.rate(latency: live - playhead, target: target, buffer: level)
    }

    /// Whether enough is held, and playing would begin no nearer to the source than it should.
    private func mayPlay(live: TimeSpan?, target: TimeSpan?) -> Bool {
        guard level > .zero, !isLast else { return level > .zero }
        guard let live, let target else { return level >= threshold }
        return level >= threshold && live - playhead + rule.tolerance >= target
    }

    /// Whether playing is so far behind that it should skip to its target.
    package func mustSkip(live: TimeSpan?, target: TimeSpan?) -> Bool {
        guard let live, let target else { return false }
        return rule.mustSkip(latency: live - playhead, target: target)
    }

    /// Goes on at another place with nothing held.
    package mutating func jump(to moment: TimeSpan) {
        playhead = moment
        ends = ends.map { _ in moment }
        isPlaying = false
    }
}
