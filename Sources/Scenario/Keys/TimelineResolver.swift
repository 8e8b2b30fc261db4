import LabModel
import YAML

/// The timeline as a plan has it.
struct ResolvedTimeline {
    var changes: [TimelineChange] = []
    var courses: [Course] = []
}

/// Lays changes over the link, one after the other: repetitions, ramps, outages and traces become plain changes here, so
/// that nothing after the plan knows of them.
struct TimelineResolver {
    /// More changes than that are rather a slip than a wish.
    static let greatest = 50_000
    static let usualStep = TimeSpan.milliseconds(100)

    let link: [Direction: ImpairmentDraft]
    /// Unknown when it was written wrong.
    let duration: TimeSpan?
    let reading: Reading

    /// - Parameters:
    ///   - own: What the scenario says; at the same moment it counts.
    ///   - profile: What its profile changes.
    func resolve(_ own: [ChangeDraft], over profile: [ChangeDraft]) -> ResolvedTimeline {
        checkMoments(own)
        let occurrences = own.flatMap { $0.occurrences(before: duration ?? .seconds(86400), reading) }
            .enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        for occurrence in occurrences { checkEnd(occurrence) }
        var timeline = ResolvedTimeline()
        for direction in Direction.allCases {
            refuseOverlaps(of: occurrences.filter { $0.change.link.directions[direction] != nil }, in: direction)
            var steps = DirectionTimeline(direction, link[direction] ?? ImpairmentDraft(), reading)
            steps.lay(profile.map { Occurrence(change: $0, at: $0.at.value) })
            if let trace = link[direction]?.trace { steps.replay(trace, until: duration ?? .zero) }
            steps.lay(occurrences)
            timeline.take(steps.resolve().filter { $0.at < duration ?? .seconds(86400) }, of: direction)
            timeline.courses += steps.courses
        }
        checkNumber(timeline.changes.count, own)
        checkCarrier(timeline.changes, own)
        return timeline
    }

    private func checkMoments(_ own: [ChangeDraft]) {
        let ordered = own.sorted { $0.at.value < $1.at.value }
        for (earlier, later) in zip(ordered, ordered.dropFirst()) where earlier.at.value == later.at.value {
            reading.error(
                "a second change at \(UnitText.time(later.at.value)); the first is in line \(earlier.mark.line)",
                at: later.at.mark, hint: "write both as one change")
        }
        guard let duration else { return }
        for change in ordered where change.at.value >= duration {
            reading.error(
                "a change at \(UnitText.time(change.at.value)) is not before the end at \(UnitText.time(duration))",
                at: change.at.mark, hint: "make 'duration' longer, or the change earlier")
        }
    }

    /// What began must come to its end.
    private func checkEnd(_ occurrence: Occurrence) {
        guard let duration, let span = occurrence.change.over ?? occurrence.change.length, occurrence.at < duration,
            occurrence.end > duration
        else { return }
        let what = occurrence.change.over == nil ? "a change" : "a ramp"
        reading.error(
            "\(what) at \(UnitText.time(occurrence.at)) ends at \(UnitText.time(occurrence.end)), "
                + "after the end at \(UnitText.time(duration))",
            at: span.mark, hint: "make 'duration' longer, or this shorter")
    }

    /// Changes for a time cover the others, but not one another; and a ramp goes its way alone.
    private func refuseOverlaps(of occurrences: [Occurrence], in direction: Direction) {
        let covers = occurrences.filter { $0.change.length != nil }
        let others = occurrences.filter { $0.change.length == nil }
        for layer in [covers, others] {
            for (earlier, later) in zip(layer, layer.dropFirst()) where later.at < earlier.end {
                reading.error(
                    "a change at \(UnitText.time(later.at)) while the \(direction.rawValue)'s from "
                        + "\(UnitText.time(earlier.at)) lasts to \(UnitText.time(earlier.end))",
                    at: later.change.at.mark, hint: "that one is in line \(earlier.change.mark.line)")
            }
        }
    }

    private func checkNumber(_ count: Int, _ own: [ChangeDraft]) {
        guard count > Self.greatest, let mark = own.first?.mark ?? link.values.compactMap(\.trace?.mark).first else {
            return
        }
        reading.error(
            "the timeline makes \(count) changes, more than \(Self.greatest)", at: mark,
            hint: "make 'duration' shorter, or the steps longer")
    }

    /// A cable that is out is out at both ends.
    private func checkCarrier(_ changes: [TimelineChange], _ own: [ChangeDraft]) {
        var carriers: [Direction: Carrier] = [.downlink: .up, .uplink: .up]
        for change in changes {
            carriers.merge(change.impairments.mapValues(\.carrier)) { $1 }
            guard Set(carriers.values).count > 1 else { continue }
            let outages = own.filter { $0.at.value <= change.at && $0.link.outage != nil }
            guard let outage = outages.max(by: { $0.at.value < $1.at.value })?.link.outage else { continue }
            reading.error(
                "a link is down in both directions", at: outage.mark,
                hint: "write both: {down: link}, or down: silent for one direction")
            return
        }
    }
}

extension ResolvedTimeline {
    /// Joins what happens at one moment in both directions.
    fileprivate mutating func take(_ steps: [DirectionTimeline.Step], of direction: Direction) {
        var changes = Dictionary(uniqueKeysWithValues: self.changes.map { ($0.at, $0) })
        for step in steps {
            var change = changes[step.at] ?? TimelineChange(at: step.at, impairments: [:])
            change.impairments[direction] = step.impairment
            if let kind = step.stepOf { change.stepOf = (change.stepOf ?? [:]).merging([direction: kind]) { $1 } }
            changes[step.at] = change
        }
        self.changes = changes.values.sorted { $0.at < $1.at }
    }
}

extension LinkDraft {
    /// What either direction says of an outage.
    fileprivate var outage: Located<Outage>? { Direction.allCases.lazy.compactMap { directions[$0]?.down }.first }
}
