import LabModel
import YAML

/// What a profile changes over time.
struct ProfileTimeline {
    let profile: Located<Profile>
    let reading: Reading

    /// The profile's changes before the end.
    ///
    /// - Parameters:
    ///   - link: What the scenario says of the link from the start.
    ///   - end: Of the stream, where it was written; `nil` where it was written wrong, which leaves nothing out.
    func changes(over link: [Direction: ImpairmentDraft], end: Located<TimeSpan>?) -> [ChangeDraft] {
        refuseFutile(link)
        if let end { warn(of: end) }
        return profile.value.changes.filter { change in end.map { change.at < $0.value } ?? true }.map {
            ChangeDraft($0, at: profile.mark)
        }
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
}

extension ImpairmentDraft {
    /// Where each setting was written that a profile may change.
    fileprivate var marks: [(key: String, mark: Mark)] {
        let all: [(String, Mark?)] = [
            ("rate", rate?.mark ?? trace?.mark), ("queue", queue?.mark), ("delay", delay?.mark ?? tracedDelay),
            ("jitter", jitter?.mark), ("distribution", path.distribution?.mark), ("loss", loss?.mark ?? tracedLoss),
        ]
        return all.compactMap { key, mark in mark.map { (key: key, mark: $0) } }
    }

    private var tracedDelay: Mark? { trace.flatMap { $0.value.hasDelay ? $0.mark : nil } }

    private var tracedLoss: Mark? { trace.flatMap { $0.value.hasLoss ? $0.mark : nil } }
}
