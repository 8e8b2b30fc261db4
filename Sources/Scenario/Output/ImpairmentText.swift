package import LabModel

/// One direction's settings as text: key, value, and what follows from the value.
package struct ImpairmentText {
    package typealias Setting = (key: String, value: String, note: String?)

    let impairment: Impairment

    package init(impairment: Impairment) {
        self.impairment = impairment
    }

    package var settings: [Setting] {
        let rate: [Setting] = [("rate", impairment.rate.map(UnitText.rate) ?? "no limit", nil)]
        let shaper: [Setting] = impairment.queue.shapes ? [] : [("shaper", impairment.shaper.rawValue, nil)]
        let shaping = shaper + queue
        return rate + (impairment.rate == nil ? [] : shaping) + [
            ("delay", UnitText.time(impairment.delay), nil),
            ("jitter", UnitText.time(impairment.jitter), envelope),
            ("loss", loss, bursts),
        ] + path + [("carrier", impairment.carrier.rawValue, carrierNote)]
    }

    /// Keeping order has a price: a packet waits for the slowest one before it.
    private var envelope: String? {
        guard impairment.jitter > .zero, !impairment.path.raw else { return nil }
        guard impairment.path.distribution == .uniform else {
            return "in order: each packet waits for the slowest before it"
        }
        let least = UnitText.time(impairment.delay - impairment.jitter)
        let greatest = UnitText.time(impairment.delay + impairment.jitter)
        return "\(least) to \(greatest), in order: each packet waits for the slowest before it"
    }

    private var carrierNote: String? {
        impairment.carrier == .down ? "what the queues hold is lost, in both directions" : nil
    }

    private var loss: String { lossModel + (impairment.path.marks ? ", ecn" : "") }

    private var lossModel: String {
        switch impairment.loss {
        case .none: "0%"
        case .independent(let probability): UnitText.ratio(probability.value)
        case .gilbertElliott(let model):
            "gemodel p \(UnitText.ratio(model.p.value)) r \(UnitText.ratio(model.r.value))"
                + " loss-in-bad \(UnitText.ratio(model.lossInBad.value))"
                + " loss-in-good \(UnitText.ratio(model.lossInGood.value))"
        case .correlated(let chance): chance.setting
        case .fourState(let model):
            "state p13 \(UnitText.ratio(model.p13.value)) p31 \(UnitText.ratio(model.p31.value))"
                + " p32 \(UnitText.ratio(model.p32.value)) p23 \(UnitText.ratio(model.p23.value))"
                + " p14 \(UnitText.ratio(model.p14.value))"
        }
    }

    private var bursts: String? {
        let mean = UnitText.ratio((impairment.loss.meanLoss.value * 1e4).rounded() / 1e4)
        switch impairment.loss {
        case .none, .independent: return nil
        case .correlated(let chance): return chance.note
        case .gilbertElliott(let model):
            let length = (10 / model.r.value).rounded() / 10
            return "\(mean) in the long run; the bad state lasts \(length) packets on average"
        case .fourState: return "\(mean) in the long run"
        }
    }
}
