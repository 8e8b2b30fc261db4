import LabModel

/// The keys of `link:`.
enum LinkKeys {
    static let downlink = Key("downlink", .tracedImpairment, "From the sender to the receiver: the media's way.")
    static let uplink = Key("uplink", .tracedImpairment, "From the receiver back to the sender.")
    static let both = Key("both", .impairment, "Both directions; what a direction says itself comes first.")
    static let shape = MappingShape(
        [downlink, uplink, both],
        notes: [
            "hops": .later, "trace": directionless("trace"), "down": .called("downlink"), "up": .called("uplink"),
            "download": .called("downlink"), "upload": .called("uplink"),
            "rtt": .explained(
                message: "'rtt' is no key: a delay is one way",
                hint: "write half of the round trip as 'delay' in each direction"),
            "rate": directionless("rate"), "delay": directionless("delay"), "jitter": directionless("jitter"),
            "loss": directionless("loss"), "queue": directionless("queue"),
        ])

    private static func directionless(_ name: String) -> KeyNote {
        .explained(
            message: "'\(name)' belongs to a direction", hint: "write it under 'downlink', 'uplink' or 'both'")
    }
}

/// What `link:` says of each direction.
struct LinkDraft: Sendable {
    var directions: [Direction: ImpairmentDraft] = [:]
}

extension ValueKind where Value == LinkDraft {
    static let link = ValueKind(shape: .mapping(LinkKeys.shape)) { item in
        Fields(item, LinkKeys.shape).map { LinkDraft($0, LinkKeys.downlink, LinkKeys.uplink, LinkKeys.both) }
    }
}

extension LinkDraft {
    init(
        _ fields: Fields, _ downlink: Key<ImpairmentDraft>, _ uplink: Key<ImpairmentDraft>,
        _ both: Key<ImpairmentDraft>
    ) {
        let shared = fields(both)
        directions[.downlink] = shared.map { $0.overlaid(by: fields(downlink)) } ?? fields(downlink)
        directions[.uplink] = shared.map { $0.overlaid(by: fields(uplink)) } ?? fields(uplink)
    }
}
