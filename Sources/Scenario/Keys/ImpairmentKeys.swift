import LabModel

/// The keys of one direction's impairment.
enum ImpairmentKeys {
    static let rate = Key("rate", .rate(), "Bottleneck rate, Ethernet header included; no limit when left out.")
    static let shaper = Key(
        "shaper", ValueKind<Shaper>.choice(), "The qdisc that keeps the rate, unless the queue is cake.")
    static let queue = Key(
        "queue", .queue, "What the bottleneck does with packets that wait: how much it holds, or a discipline.")
    static let delay = Key("delay", .time(to: 60), "One-way delay of the path.")
    static let jitter = Key("jitter", .jitter, "Half width of the delay's spread; keeps packets in order.")
    static let loss = Key("loss", .loss, "Packets lost at random, or in bursts by a model.")

    static let match = Key(
        "match", .match, "The packets that delay, jitter, loss and the like are for; others pass the path at once.")
    static let drop = Key("drop", .drop, "Packets lost by their place, before anything else is done to them.")

    static let shape = MappingShape(
        [rate, shaper, queue, delay, jitter, loss] + PathKeys.keys + [match, drop], notes: notes)

    static let notes: [String: KeyNote] = [
        "hops": .explained(message: "'hops' belongs to 'link'", hint: "write it in place of 'downlink' and 'uplink'"),
        "ecn": .later, "aqm": .called("queue"),
        "down": .explained(
            message: "'down' belongs to the timeline",
            hint: "write it there as {at: 10s, for: 2s, downlink: {down: true}}"),
        "trace": .explained(message: "'trace' belongs to 'link'", hint: "write it under one of the link's directions"),
        "slots": .called("slot"), "corruption": .called("corrupt"), "duplication": .called("duplicate"),
        "filter": .called("match"), "flow": .called("match"), "drops": .called("drop"),
        "gap": .explained(message: "'gap' belongs to 'reorder'", hint: "write reorder: {share: 25%, gap: 5}"),
        "bandwidth": .called("rate"), "latency": .called("delay"), "limit": .called("queue"),
        "buffer": .called("queue"), "packet-loss": .called("loss"),
        "rtt": .explained(
            message: "'rtt' is no key: a delay is one way",
            hint: "write half of the round trip as 'delay' in each direction"),
        "burst": .explained(
            message: "'burst' is no key: netlab works it out from the rate", hint: "leave it out"),
    ]
}
