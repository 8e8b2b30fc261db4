import LabModel

/// The keys of one direction's impairment.
enum ImpairmentKeys {
    static let rate = Key("rate", .rate(), "Bottleneck rate, Ethernet header included; no limit when left out.")
    static let shaper = Key("shaper", ValueKind<Shaper>.choice(later: ["cake"]), "The qdisc that keeps the rate.")
    static let queue = Key("queue", .queue, "What the bottleneck holds before it drops: time, size or packets.")
    static let delay = Key("delay", .time(to: 60), "One-way delay of the path.")
    static let jitter = Key("jitter", .jitter, "Half width of the delay's spread; keeps packets in order.")
    static let loss = Key("loss", .loss, "Packets lost at random, or in bursts by a model.")

    static let shape = MappingShape([rate, shaper, queue, delay, jitter, loss] + PathKeys.keys, notes: notes)

    private static let notes: [String: KeyNote] = [
        "hops": .later, "drop": .later, "down": .later, "ecn": .later, "trace": .later, "aqm": .later,
        "slots": .called("slot"), "corruption": .called("corrupt"), "duplication": .called("duplicate"),
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

extension ValueKind where Value == QueueLimit {
    /// The kind of quantity is told by its unit.
    static let queue = ValueKind(shape: .quantity([.time, .size, .packets])) { item in
        guard let text = item.text(.quantity([.time, .size, .packets])) else { return nil }
        let unit = UnitParser.split(text).unit
        if UnitTable.packets.factor(of: unit) != nil {
            return QuantityReader(table: .packets, lowest: 1, highest: 1e6).read(item).map { .packets(Int($0)) }
        }
        if UnitTable.size.factor(of: unit) != nil || ["k", "kb", "m", "mb"].contains(unit.lowercased()) {
            return QuantityReader(table: .size, lowest: 1, highest: 1e9).read(item).map { .bytes(ByteCount(Int64($0))) }
        }
        if UnitTable.time.factor(of: unit) != nil {
            let reader = QuantityReader(table: .time, lowest: 0, highest: 60, excludesLowest: true)
            return reader.read(item).map { .time(TimeSpan(seconds: $0)) }
        }
        let problem = unit.isEmpty ? "has no unit" : "has an unknown unit '\(unit)'"
        item.error(
            "\(item.name) \(text) \(problem)",
            hint: "write a time (100ms), a size (64kB) or a number of packets (50packets)")
        return nil
    }
}
