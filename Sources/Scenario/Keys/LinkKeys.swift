import LabModel

/// The keys of `link:`.
enum LinkKeys {
    static let downlink = Key("downlink", .tracedImpairment, "From the sender to the receiver: the media's way.")
    static let uplink = Key("uplink", .tracedImpairment, "From the receiver back to the sender.")
    static let both = Key("both", .impairment, "Both directions; what a direction says itself comes first.")
    static let mtu = Key(
        "mtu", .wholeNumber(68...65535), "The largest packet in bytes, IP header included; 1500 when left out.")
    static let hops = Key(
        "hops", ValueKind<[LinkDraft]>.list(.hop),
        "Several links in a row with a router between each two, in place of one; from the sender to the receiver.")
    static let shape = MappingShape([downlink, uplink, both, mtu, hops], notes: notes)
    /// Of one of several hops.
    static let hopDownlink = Key("downlink", .impairment, "From the sender's side to the receiver's.")
    static let hopUplink = Key("uplink", .impairment, "From the receiver's side to the sender's.")
    static let hopShape = MappingShape([hopDownlink, hopUplink, both], notes: notes)

    private static let notes: [String: KeyNote] = [
        "trace": directionless("trace"), "down": .called("downlink"), "up": .called("uplink"),
        "download": .called("downlink"),
        "upload": .called("uplink"),
        "rtt": .explained(
            message: "'rtt' is no key: a delay is one way",
            hint: "write half of the round trip as 'delay' in each direction"),
        "rate": directionless("rate"), "delay": directionless("delay"), "jitter": directionless("jitter"),
        "loss": directionless("loss"), "queue": directionless("queue"),
    ]

    private static func directionless(_ name: String) -> KeyNote {
        .explained(
            message: "'\(name)' belongs to a direction", hint: "write it under 'downlink', 'uplink' or 'both'")
    }
}

/// What `link:` says of each direction.
struct LinkDraft: Sendable {
    var directions: [Direction: ImpairmentDraft] = [:]
    var mtu: Located<Int>?
    /// What is there in place of `directions`.
    var hops: Located<[LinkDraft]>?
}

extension ValueKind where Value == LinkDraft {
    static let link = ValueKind(shape: .mapping(LinkKeys.shape)) { item in
        Fields(item, LinkKeys.shape).map { fields in
            var draft = LinkDraft(fields, LinkKeys.downlink, LinkKeys.uplink, LinkKeys.both)
            draft.mtu = fields.located(LinkKeys.mtu)
            draft.hops = fields.located(LinkKeys.hops)
            if let hops = draft.hops { draft.check(hops, item.reading) }
            return draft
        }
    }

    static let hop = ValueKind(shape: .mapping(LinkKeys.hopShape)) { item in
        Fields(item, LinkKeys.hopShape).map { LinkDraft($0, LinkKeys.hopDownlink, LinkKeys.hopUplink, LinkKeys.both) }
    }
}

extension LinkDraft {
    fileprivate func check(_ hops: Located<[LinkDraft]>, _ reading: Reading) {
        if !(1...Plan.mostHops).contains(hops.value.count) {
            reading.error("hops must be 1 to \(Plan.mostHops) links, not \(hops.value.count)", at: hops.mark)
        }
        if !directions.isEmpty {
            reading.error(
                "'hops' stands in place of 'downlink', 'uplink' and 'both'", at: hops.mark,
                hint: "write what these say into one of the hops")
        }
    }

    init(
        _ fields: Fields, _ downlink: Key<ImpairmentDraft>, _ uplink: Key<ImpairmentDraft>,
        _ both: Key<ImpairmentDraft>
    ) {
        let shared = fields(both)
        directions[.downlink] = shared.map { $0.overlaid(by: fields(downlink)) } ?? fields(downlink)
        directions[.uplink] = shared.map { $0.overlaid(by: fields(uplink)) } ?? fields(uplink)
    }
}
