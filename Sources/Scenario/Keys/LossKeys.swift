import LabModel
import YAML

/// What `loss:` says: which packets, and what befalls them.
struct LossDraft: Sendable {
    let model: LossModel
    /// Where a correlation was written.
    let correlation: Mark?
    /// Where marking in place of loss was asked for.
    let marking: Mark?
}

/// The keys of loss that is more than a percentage.
enum LossKeys {
    static let random = Key("random", .ratio, "Each packet for itself, unless there is a correlation.")
    static let correlation = Key("correlation", .ratio, "How much of a random number comes from the last; needs raw.")
    static let gemodel = Key("gemodel", .gilbertElliott, "Bursts by the Gilbert-Elliott model.")
    static let state = Key("state", .fourState, "Bursts, and single losses between them, by netem's four states.")
    static let ecn = Key("ecn", .yesOrNo, "Mark ECN-capable packets CE instead of losing them.")
    static let shape = MappingShape([random, correlation, gemodel, state, ecn])
}

/// The keys of the Gilbert-Elliott model.
enum GilbertElliottKeys {
    static let p = Key("p", .ratio, required: true, "From the good state to the bad one, for each packet.")
    static let r = Key("r", .ratio, required: true, "From the bad state to the good one, for each packet.")
    static let lossInBad = Key("loss-in-bad", .ratio, "Loss in the bad state: 1-h of tc-netem(8); 100% when left out.")
    static let lossInGood = Key("loss-in-good", .ratio, "Loss in the good state: 1-k of tc-netem(8); 0% when left out.")
    static let shape = MappingShape(
        [p, r, lossInBad, lossInGood], notes: ["1-h": .called("loss-in-bad"), "1-k": .called("loss-in-good")])
}

/// The keys of the four-state model; what is left out is as `tc` has it.
enum FourStateKeys {
    static let p13 = Key("p13", .ratio, required: true, "From passing to a burst of losses, for each packet.")
    static let p31 = Key("p31", .ratio, "From a burst back to passing; what p13 leaves of 100% when left out.")
    static let p32 = Key("p32", .ratio, "From losing to passing within a burst; 0% when left out.")
    static let p23 = Key("p23", .ratio, "From passing to losing within a burst; 100% when left out.")
    static let p14 = Key("p14", .ratio, "From passing to a single loss; 0% when left out.")
    static let shape = MappingShape([p13, p31, p32, p23, p14])
}

extension ValueKind where Value == LossDraft {
    static let loss = ValueKind(shape: .either([ValueKind<Probability>.ratio.shape, .mapping(LossKeys.shape)])) {
        item in
        guard item.node.entries != nil else {
            return ValueKind<Probability>.ratio.read(item).map {
                LossDraft(model: $0 == .zero ? .none : .independent($0), correlation: nil, marking: nil)
            }
        }
        guard let fields = Fields(item, LossKeys.shape) else { return nil }
        let random = fields(LossKeys.random)
        let correlation = fields.located(LossKeys.correlation)
        let models = [
            random.map { LossModel($0, correlation: correlation?.value) },
            fields(LossKeys.gemodel).map { .gilbertElliott($0) }, fields(LossKeys.state).map { .fourState($0) },
        ].compactMap(\.self)
        let ecn = fields.located(LossKeys.ecn)
        guard fields.broken.isEmpty else { return nil }
        guard let model = models.first, models.count == 1 else {
            item.error("\(item.name) needs one of 'random', 'gemodel' and 'state'", hint: "write 'random: 1%'")
            return nil
        }
        if let correlation, random == nil {
            item.reading.error("only 'random' has a correlation", at: correlation.mark, hint: "leave it out")
        }
        return LossDraft(
            model: model, correlation: correlation?.mark, marking: ecn.flatMap { $0.value ? $0.mark : nil })
    }
}

extension LossModel {
    fileprivate init(_ share: Probability, correlation: Probability?) {
        if share == .zero {
            self = .none
        } else if let correlation, correlation > .zero {
            self = .correlated(Chance(share, correlation: correlation))
        } else {
            self = .independent(share)
        }
    }
}

extension ValueKind where Value == GilbertElliott {
    static let gilbertElliott = ValueKind(shape: .mapping(GilbertElliottKeys.shape)) { item in
        typealias Keys = GilbertElliottKeys
        guard let fields = Fields(item, Keys.shape), let p = fields.located(Keys.p), let r = fields.located(Keys.r)
        else { return nil }
        let model = GilbertElliott(
            p: p.value, r: r.value, lossInBad: fields(Keys.lossInBad) ?? Probability(clamping: 1),
            lossInGood: fields(Keys.lossInGood) ?? .zero)
        if p.value == .zero {
            item.reading.error(
                "gemodel never leaves the good state when p is 0%", at: p.mark, hint: "give p more than 0%")
        } else if r.value == .zero {
            item.reading.error(
                "gemodel never returns from the bad state when r is 0%", at: r.mark,
                hint: "give r more than 0%: a burst lasts 1/r packets on average")
        }
        return model
    }
}

extension ValueKind where Value == FourStateLoss {
    static let fourState = ValueKind(shape: .mapping(FourStateKeys.shape)) { item in
        typealias Keys = FourStateKeys
        guard let fields = Fields(item, Keys.shape), let p13 = fields.located(Keys.p13) else { return nil }
        let (p31, p32) = (fields.located(Keys.p31), fields.located(Keys.p32))
        let (p23, p14) = (fields.located(Keys.p23), fields.located(Keys.p14))
        let model = FourStateLoss(
            p13: p13.value, p31: p31?.value ?? Probability(clamping: 1 - p13.value.value), p32: p32?.value ?? .zero,
            p23: p23?.value ?? Probability(clamping: 1), p14: p14?.value ?? .zero)
        // The kernel adds them in 32 bits, and 100 % is all of these.
        if model.p13.value + model.p14.value > 1 {
            item.reading.error("p13 and p14 are more than 100% together", at: (p14 ?? p13).mark)
        }
        if model.p31.value + model.p32.value > 1 {
            item.reading.error("p31 and p32 are more than 100% together", at: (p32 ?? p31 ?? p13).mark)
        }
        if model.p13 == .zero, model.p14 == .zero {
            item.reading.error("state never loses a packet when p13 and p14 are 0%", at: p13.mark)
        }
        if model.p13 > .zero, model.p31 == .zero {
            item.reading.error("state never returns from a burst when p31 is 0%", at: (p31 ?? p13).mark)
        }
        if model.p32 > .zero, model.p23 == .zero {
            item.reading.error("state never goes on with a burst when p23 is 0%", at: (p23 ?? p13).mark)
        }
        return model
    }
}
