import LabModel
import YAML

/// The keys of one change of `timeline:`.
enum TimelineKeys {
    static let at = Key(
        "at", .time(to: 86400, excludingLowest: true), required: true, "When, since the stream's start.")
    static let downlink = Key("downlink", .impairment, "What changes; the rest stays as it was.")
    static let uplink = Key("uplink", .impairment, "What changes; the rest stays as it was.")
    static let both = Key("both", .impairment, "What changes in both directions.")
    static let shape = MappingShape(
        [at, downlink, uplink, both],
        notes: ["ramp": .later, "for": .later, "down": .later, "time": .called("at"), "time-of": .called("at")])
}

/// One change as it was written.
struct ChangeDraft: Sendable {
    let at: Located<TimeSpan>
    var link: LinkDraft
    let mark: Mark
}

extension ValueKind where Value == ChangeDraft {
    static let change = ValueKind(shape: .mapping(TimelineKeys.shape)) { item in
        guard let fields = Fields(item, TimelineKeys.shape) else { return nil }
        let link = LinkDraft(fields, TimelineKeys.downlink, TimelineKeys.uplink, TimelineKeys.both)
        guard let at = fields.located(TimelineKeys.at) else { return nil }
        if link.directions.isEmpty {
            item.error("a change that changes nothing", hint: "give it 'downlink', 'uplink' or 'both'")
        }
        return ChangeDraft(at: at, link: link, mark: item.node.mark)
    }
}

/// Lays changes over the link, one after the other.
struct TimelineResolver {
    private var inForce: [Direction: ImpairmentDraft]
    /// Unknown when it was written wrong.
    private let duration: TimeSpan?
    private let reading: Reading

    init(link: [Direction: ImpairmentDraft], duration: TimeSpan?, reading: Reading) {
        inForce = link
        self.duration = duration
        self.reading = reading
    }

    mutating func resolve(_ drafts: [ChangeDraft]) -> [TimelineChange] {
        let ordered = drafts.sorted { $0.at.value < $1.at.value }
        for (earlier, later) in zip(ordered, ordered.dropFirst()) where earlier.at.value == later.at.value {
            reading.error(
                "a second change at \(UnitText.time(later.at.value)); the first is in line \(earlier.mark.line)",
                at: later.at.mark, hint: "write both as one change")
        }
        return ordered.map { change in
            checkMoment(change)
            return apply(change)
        }
    }

    private func checkMoment(_ change: ChangeDraft) {
        guard let duration, change.at.value >= duration else { return }
        reading.error(
            "a change at \(UnitText.time(change.at.value)) is not before the end at \(UnitText.time(duration))",
            at: change.at.mark, hint: "make 'duration' longer, or the change earlier")
    }

    private mutating func apply(_ change: ChangeDraft) -> TimelineChange {
        var impairments: [Direction: Impairment] = [:]
        for direction in Direction.allCases {
            guard let draft = change.link.directions[direction] else { continue }
            let before = (inForce[direction] ?? ImpairmentDraft()).settled
            let now = before.overlaid(by: draft)
            refuseNewShaping(before, draft, direction)
            now.check(reading)
            inForce[direction] = now
            impairments[direction] = now.total
        }
        return TimelineChange(at: change.at.value, impairments: impairments)
    }

    /// A qdisc's settings can change while packets are in it; which qdisc it is cannot.
    private func refuseNewShaping(_ before: ImpairmentDraft, _ draft: ImpairmentDraft, _ direction: Direction) {
        if let shaper = draft.shaper, shaper.value != before.total.shaper {
            reading.error("the shaper cannot change while packets flow", at: shaper.mark)
        }
        if let slots = draft.path.slots, before.path.slots?.value.slots?.isDistributed == true,
            slots.value.slots?.isDistributed != true
        {
            reading.error(
                "slots cannot lose their distribution while packets flow", at: slots.mark, hint: "netem keeps it")
        }
        if let queue = draft.queue, before.rate != nil,
            let reason = before.total.queue.whyItCannotBecome(before.overlaid(by: draft).total.queue)
        {
            reading.error(reason, at: queue.mark)
        }
        if let rate = draft.rate, before.rate == nil, !before.isBroken(ImpairmentKeys.rate) {
            reading.error(
                "\(direction.rawValue) has no rate that could change", at: rate.mark,
                hint: "give 'link.\(direction.rawValue)' a rate to begin with")
        }
    }
}
