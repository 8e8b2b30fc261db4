import LabModel
import YAML

/// Joins what a profile changes over time with what the scenario says itself.
struct ProfileTimeline {
    let profile: Located<Profile>
    let reading: Reading

    /// The profile's changes before the end, and the scenario's own: at the same moment what the scenario says counts.
    ///
    /// - Parameters:
    ///   - link: What the scenario says of the link from the start.
    ///   - end: Of the stream, where it was written; `nil` where it was written wrong, which leaves nothing out.
    func joined(
        with own: [ChangeDraft], over link: [Direction: ImpairmentDraft], end: Located<TimeSpan>?
    ) -> [ChangeDraft] {
        refuseFutile(link)
        if let end { warn(of: end) }
        var result = own
        for change in profile.value.changes where end.map({ change.at < $0.value }) ?? true {
            let draft = ChangeDraft(change, at: profile.mark)
            if let index = own.firstIndex(where: { $0.at.value == change.at }) {
                result[index] = draft.overlaid(by: own[index])
            } else {
                result.append(draft)
            }
        }
        return result
    }

    /// A setting of `link:` that would hold only until the profile changes it.
    private func refuseFutile(_ link: [Direction: ImpairmentDraft]) {
        for direction in Direction.allCases {
            guard let draft = link[direction] else { continue }
            let changed = Set(profile.value.changes.flatMap { $0.link[direction]?.settings.map(\.key) ?? [] })
            for (key, mark) in draft.marks where changed.contains(key) {
                reading.error(
                    "the profile '\(profile.value.name)' changes the \(direction.rawValue)'s \(key) over time",
                    at: mark,
                    hint: "leave it out, or change it in 'timeline'")
            }
        }
    }

    private func warn(of end: Located<TimeSpan>) {
        guard let length = profile.value.length, end.value < length else { return }
        reading.warning(
            "the profile '\(profile.value.name)' takes \(UnitText.time(length)): what it changes from "
                + "\(UnitText.time(end.value)) on is left out",
            at: end.mark, hint: "without 'duration' a run is as long as its profile")
    }
}

extension ChangeDraft {
    fileprivate init(_ change: Profile.Change, at mark: Mark) {
        self.init(
            at: Located(value: change.at, mark: mark),
            link: LinkDraft(directions: change.link.mapValues { ImpairmentDraft($0, at: mark) }), mark: mark)
    }

    /// `other`, with this one's for what it does not say.
    fileprivate func overlaid(by other: ChangeDraft) -> ChangeDraft {
        var result = other
        result.link.directions.merge(link.directions) { $1.overlaid(by: $0) }
        return result
    }
}

extension ImpairmentDraft {
    /// Where each setting was written that a profile may change.
    fileprivate var marks: [(key: String, mark: Mark)] {
        let all: [(String, Mark?)] = [
            ("rate", rate?.mark), ("queue", queue?.mark), ("delay", delay?.mark), ("jitter", jitter?.mark),
            ("distribution", path.distribution?.mark), ("loss", loss?.mark),
        ]
        return all.compactMap { key, mark in mark.map { (key: key, mark: $0) } }
    }
}
