import LabModel

/// How nothing passes.
enum Outage: String, CaseIterable, Sendable {
    /// Everything that comes to the path is lost, and neither end is told.
    case silent
    /// The link's carrier is gone: its bottlenecks lose what they hold, and what comes.
    case link
    /// It passes again.
    case none

    /// Makes an impairment one through which nothing passes.
    func take(place impairment: inout Impairment) {
        switch self {
        case .silent:
            impairment.loss = .independent(Probability(clamping: 1))
            impairment.path.marks = false
        case .link: impairment.carrier = .down
        case .none: break
        }
    }
}

/// What a direction can say in a change of the timeline beside the rest.
enum OutageKeys {
    static let down = Key(
        "down", .outage, "silent (or true) loses every packet; link takes the carrier, with all that is queued.")
    static let shape = MappingShape(ImpairmentKeys.shape.keys + [down], notes: notes)

    private static let notes = ImpairmentKeys.notes.filter { $0.key != down.name }
}

extension ValueKind where Value == Outage {
    static let outage = ValueKind(shape: words.shape) { item in
        words.read(item).map { word -> Outage in
            switch word {
            case "link": .link
            case "false": .none
            default: .silent
            }
        }
    }

    private static let words = ValueKind<String>.word(["silent", "link", "true", "false"])
}

extension ValueKind where Value == ImpairmentDraft {
    /// Of a change.
    static let changedImpairment = ValueKind(shape: .mapping(OutageKeys.shape)) { item in
        Fields(item, OutageKeys.shape).map { fields in
            let down = fields.located(OutageKeys.down)
            var draft = ImpairmentDraft(fields)
            draft.down = down
            return draft
        }
    }
}
