package import LabModel

extension StreamingSession {
    /// Chooses the rendition of a segment of the main track, and writes down why.
    mutating func decide(_ segment: Int, _ now: Timestamp) {
        lanes[0].decided = segment
        let renditions = presentation.tracks[0].renditions
        let choice = rule.choose(adaptationInput(now))
        let before = lanes[0].rendition
        if hasDecided, choice.rendition != before { lanes[0].lastSwitch = now }
        lanes[0].rendition = choice.rendition
        let live = presentation.liveMoment(now: now)
        decisions.append(
            Adaptation(
                time: now, segment: segment, from: hasDecided ? renditions[before].name : nil,
                to: renditions[choice.rendition].name, rate: renditions[choice.rendition].rate, reason: choice.reason,
                estimate: estimate.rate, buffer: clock?.level ?? .zero,
                latency: live.flatMap { live in clock.map { live - $0.playhead } }, playbackRate: clock?.rate ?? 1))
        hasDecided = true
    }

    func adaptationInput(_ now: Timestamp) -> AdaptationInput {
        let segment = presentation.segmentLength ?? .zero
        return AdaptationInput(
            rates: presentation.tracks[0].renditions.map(\.rate), current: hasDecided ? lanes[0].rendition : nil,
            estimate: estimate.rate, lost: estimate.lost, buffer: clock?.level ?? .zero,
            target: presentation.target?.latency ?? threshold, segment: segment,
            sinceSwitch: lanes[0].lastSwitch.map { now - $0 })
    }

    /// Takes note of a segment that came whole; see `ThroughputEstimate`.
    package mutating func measured(
        bytes: Int64, over span: TimeSpan, of body: Int64, in total: TimeSpan, at time: Timestamp
    ) {
        estimate.add(bytes: bytes, over: span, of: body, in: total, at: time)
    }

    /// Takes note of what the network gave.
    package mutating func measured(bytes: Int64, over span: TimeSpan, at time: Timestamp) {
        estimate.add(bytes: bytes, over: span, at: time)
    }

    package mutating func takeDecisions() -> [Adaptation] {
        defer { decisions = [] }
        return decisions
    }
}
