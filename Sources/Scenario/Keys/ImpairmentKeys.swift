import LabModel

/// The keys of one direction's impairment.
enum ImpairmentKeys {
    static let rate = Key("rate", .rate(), "Bottleneck rate, Ethernet header included; no limit when left out.")
    static let shaper = Key("shaper", ValueKind<Shaper>.choice(later: ["cake"]), "The qdisc that keeps the rate.")
    static let queue = Key("queue", .queue, "What the bottleneck holds before it drops: time, size or packets.")
    static let delay = Key("delay", .time(to: 60), "One-way delay of the path.")
    static let jitter = Key("jitter", .time(to: 60), "Half width of the delay's spread; keeps packets in order.")
    static let loss = Key("loss", .loss, "Packets lost at random, or in bursts by a gemodel.")

    static let shape = MappingShape([rate, shaper, queue, delay, jitter, loss], notes: notes)

    private static let notes: [String: KeyNote] = [
        "reorder": .later, "duplicate": .later, "corrupt": .later, "correlation": .later, "distribution": .later,
        "hops": .later, "drop": .later, "down": .later, "raw": .later, "ecn": .later, "slot": .later, "trace": .later,
        "gap": .later, "aqm": .later,
        "bandwidth": .called("rate"), "latency": .called("delay"), "limit": .called("queue"),
        "buffer": .called("queue"), "packet-loss": .called("loss"),
        "rtt": .explained(
            message: "'rtt' is no key: a delay is one way",
            hint: "write half of the round trip as 'delay' in each direction"),
        "burst": .explained(
            message: "'burst' is no key: netlab works it out from the rate", hint: "leave it out"),
    ]
}

/// The keys of bursty loss.
enum LossKeys {
    static let p = Key("p", .ratio, required: true, "From the good state to the bad one, for each packet.")
    static let r = Key("r", .ratio, required: true, "From the bad state to the good one, for each packet.")
    static let lossInBad = Key("loss-in-bad", .ratio, "Loss in the bad state: 1-h of tc-netem(8); 100% when left out.")
    static let lossInGood = Key("loss-in-good", .ratio, "Loss in the good state: 1-k of tc-netem(8); 0% when left out.")
    static let model = MappingShape(
        [p, r, lossInBad, lossInGood], notes: ["1-h": .called("loss-in-bad"), "1-k": .called("loss-in-good")])

    static let gemodel = Key("gemodel", .gilbertElliott, required: true, "Bursts by the Gilbert-Elliott model.")
    static let shape = MappingShape([gemodel], notes: ["state": .later, "ecn": .later, "correlation": .later])
}

extension ValueKind where Value == GilbertElliott {
    static let gilbertElliott = ValueKind(shape: .mapping(LossKeys.model)) { item in
        guard let fields = Fields(item, LossKeys.model), let p = fields(LossKeys.p), let r = fields(LossKeys.r) else {
            return nil
        }
        let model = GilbertElliott(
            p: p, r: r, lossInBad: fields(LossKeys.lossInBad) ?? Probability(clamping: 1),
            lossInGood: fields(LossKeys.lossInGood) ?? .zero)
        if model.meanLoss == nil {
            item.error("gemodel never leaves the good state when p and r are 0%", hint: "give p more than 0%")
        }
        return model
    }
}

extension ValueKind where Value == LossModel {
    static let loss = ValueKind(shape: .either([ValueKind<Probability>.ratio.shape, .mapping(LossKeys.shape)])) {
        item in
        guard item.node.entries != nil else {
            return ValueKind<Probability>.ratio.read(item).map { $0 == .zero ? .none : .independent($0) }
        }
        return Fields(item, LossKeys.shape)?(LossKeys.gemodel).map { .gilbertElliott($0) }
    }
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
