import LabModel
import YAML

/// The keys of one element of `probes:`.
enum ProbeKeys {
    static let throughput = Key(
        "throughput", ValueKind<ProbePlan.Throughput.Transport>.choice(),
        "As much as goes through, before the media or beside it.")
    static let before = Key(
        "before", .time(from: 0.2, to: 3600), "How long it measures before the media; 5s when left out.")
    static let during = Key("during", .time(from: 0.2, to: 86400), "How long it competes with the media.")
    static let at = Key(
        "at", .time(to: 86400), "When it begins to compete, since the stream's start; 0s when left out.")
    static let direction = Key(
        "direction", ValueKind<Direction>.choice(), "Which way it competes; downlink when left out.")
    static let hop = Key(
        "hop", .wholeNumber(1...Plan.mostHops),
        "The one hop over which it competes; the media's whole way when left out.")
    static let rate = Key("rate", .rate(), "What a UDP probe offers, Ethernet layer.")
    static let payload = Key(
        "payload", .size(from: 24, to: 1472), "UDP payload of each datagram of a UDP probe; 1200B when left out.")
    static let latency = Key(
        "latency", .time(from: 0.001, to: 60), "From one datagram to the next, while the media plays.")
    static let shape = MappingShape(
        [throughput, before, during, at, direction, hop, rate, payload, latency],
        notes: [
            "streams": .later, "duration": .called("before"), "for": .called("during"), "bandwidth": .called("rate"),
            "ping": .called("latency"),
        ])
}

/// A probe and where it was written.
typealias LocatedProbe = Located<ProbePlan>

/// A probe as far as it was written.
private struct ProbeDraft {
    let throughput: Located<ProbePlan.Throughput.Transport>?
    let before: Located<TimeSpan>?
    let during: Located<TimeSpan>?
    let at: Located<TimeSpan>?
    let direction: Located<Direction>?
    let hop: Located<Int>?
    let rate: Located<Rate>?
    let payload: Located<ByteCount>?
    let latency: Located<TimeSpan>?

    init(_ fields: Fields) {
        throughput = fields.located(ProbeKeys.throughput)
        before = fields.located(ProbeKeys.before)
        during = fields.located(ProbeKeys.during)
        at = fields.located(ProbeKeys.at)
        direction = fields.located(ProbeKeys.direction)
        hop = fields.located(ProbeKeys.hop)
        rate = fields.located(ProbeKeys.rate)
        payload = fields.located(ProbeKeys.payload)
        latency = fields.located(ProbeKeys.latency)
    }

    /// Where something was written that only a flow beside the media has.
    var rivalMarks: [Mark] { [at?.mark, direction?.mark, hop?.mark].compactMap(\.self) }
    var throughputMarks: [Mark] {
        [before?.mark, during?.mark, rate?.mark, payload?.mark].compactMap(\.self) + rivalMarks
    }

    var rivalry: ProbePlan.Rivalry? {
        guard during != nil else { return nil }
        return ProbePlan.Rivalry(
            at: at?.value ?? .zero, direction: direction?.value ?? .downlink, hop: hop?.value)
    }
}

extension ValueKind where Value == LocatedProbe {
    static let probe = ValueKind(shape: .mapping(ProbeKeys.shape)) { item in
        guard let fields = Fields(item, ProbeKeys.shape) else { return nil }
        let draft = ProbeDraft(fields)
        switch (item.node["throughput"], item.node["latency"]) {
        case (nil, nil): item.error("a probe is either 'throughput' or 'latency'")
        case (.some, .some): item.error("a probe is either 'throughput' or 'latency'", hint: "write two probes")
        case (.some, nil): return draft.throughput.flatMap { throughputProbe($0, draft, item) }
        case (nil, .some):
            for mark in draft.throughputMarks { item.reading.error("this belongs to a throughput probe", at: mark) }
            return draft.latency.map { Located(value: .latency(interval: $0.value), mark: item.node.mark) }
        }
        return nil
    }

    private static func throughputProbe(
        _ transport: Located<ProbePlan.Throughput.Transport>, _ draft: ProbeDraft, _ item: Item
    ) -> LocatedProbe? {
        if transport.value == .udp, item.node["rate"] == nil {
            item.error("a udp throughput probe has no 'rate'", hint: "say how much it offers, such as rate: 12mbit")
            return nil
        }
        if transport.value == .tcp, let rate = draft.rate {
            item.reading.error("a tcp throughput probe takes what it gets and has no rate", at: rate.mark)
        }
        if transport.value == .tcp, let payload = draft.payload {
            item.reading.error("tcp has no datagrams whose payload could be chosen", at: payload.mark)
        }
        if let before = draft.before, draft.during != nil {
            item.reading.error(
                "a probe is 'before' the media or 'during' it", at: before.mark, hint: "write two probes")
        }
        if item.node["during"] == nil {
            for mark in draft.rivalMarks {
                item.reading.error(
                    "this belongs to a probe that competes with the media", at: mark,
                    hint: "say how long, such as during: 10s")
            }
        }
        let plan = ProbePlan.Throughput(
            transport: transport.value, duration: (draft.during ?? draft.before)?.value ?? .seconds(5),
            offered: draft.rate?.value, payload: draft.payload?.value, rivalry: draft.rivalry)
        return Located(value: .throughput(plan), mark: item.node.mark)
    }
}
