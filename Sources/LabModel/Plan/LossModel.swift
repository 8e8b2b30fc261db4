/// How packets are lost on the path.
package enum LossModel: Codable, Hashable, Sendable {
    case none
    /// Each packet is lost with the same probability, whatever befell the others.
    case independent(Probability)
    /// netem's `loss random` with a correlation.
    case correlated(Chance)
    /// Bursts: netem's `gemodel`.
    case gilbertElliott(GilbertElliott)
    /// Bursts with single losses between them: netem's `state`.
    case fourState(FourStateLoss)
}

/// The two states of the Gilbert-Elliott model, in `tc-netem(8)`'s words. Gilbert's own form has no loss in the good
/// state; in its simplest the bad state loses all.
package struct GilbertElliott: Codable, Hashable, Sendable {
    /// From good to bad, for each packet.
    package var p: Probability
    /// From bad to good, for each packet.
    package var r: Probability
    /// Loss in the bad state (`1-h` of `tc-netem(8)`).
    package var lossInBad: Probability
    /// Loss in the good state (`1-k` of `tc-netem(8)`).
    package var lossInGood: Probability

    package init(p: Probability, r: Probability, lossInBad: Probability, lossInGood: Probability) {
        self.p = p
        self.r = r
        self.lossInBad = lossInBad
        self.lossInGood = lossInGood
    }

    /// The share of packets lost in the long run; `nil` when the model never leaves its first state.
    package var meanLoss: Probability? {
        let turnover = p.value + r.value
        guard turnover > 0 else { return nil }
        return Probability(clamping: (p.value * lossInBad.value + r.value * lossInGood.value) / turnover)
    }
}

/// The four states of netem's loss model (Salsano and others, "Definition of a general and intuitive loss model"), in
/// `tc-netem(8)`'s words: 1 passes packets, 4 is a single loss between them, 3 loses packets in a burst, and 2 passes
/// packets within a burst.
package struct FourStateLoss: Codable, Hashable, Sendable {
    /// From passing to a burst.
    package var p13: Probability
    /// From a burst back to passing.
    package var p31: Probability
    /// From losing to passing within a burst.
    package var p32: Probability
    /// From passing to losing within a burst.
    package var p23: Probability
    /// From passing to a single loss.
    package var p14: Probability

    package init(p13: Probability, p31: Probability, p32: Probability, p23: Probability, p14: Probability) {
        self.p13 = p13
        self.p31 = p31
        self.p32 = p32
        self.p23 = p23
        self.p14 = p14
    }

    /// The share of packets lost in the long run, by the balance of the states.
    package var meanLoss: Probability {
        // No division by zero for a model that never leaves a state, which no scenario may ask for.
        let burst = p13.value / max(p31.value, 1e-12)
        let within = burst * p32.value / max(p23.value, 1e-12)
        return Probability(clamping: (burst + p14.value) / (1 + burst + within + p14.value))
    }
}

extension LossModel {
    /// The share of packets lost in the long run; of a correlated one, what it would be without the correlation.
    package var meanLoss: Probability {
        switch self {
        case .none: .zero
        case .independent(let probability): probability
        case .correlated(let chance): chance.share
        case .gilbertElliott(let model): model.meanLoss ?? model.lossInGood
        case .fourState(let model): model.meanLoss
        }
    }
}
