import LabModel

/// One direction's settings as text: key, value, and what follows from the value.
struct ImpairmentText {
    typealias Setting = (key: String, value: String, note: String?)

    let impairment: Impairment

    var settings: [Setting] {
        let rate: [Setting] = [("rate", impairment.rate.map(UnitText.rate) ?? "no limit", nil)]
        let shaping: [Setting] = [("shaper", impairment.shaper.rawValue, nil), ("queue", queue, queueNote)]
        return rate + (impairment.rate == nil ? [] : shaping) + [
            ("delay", UnitText.time(impairment.delay), nil),
            ("jitter", UnitText.time(impairment.jitter), envelope),
            ("loss", loss, bursts),
        ]
    }

    private var queue: String {
        switch impairment.queue {
        case .time(let span): UnitText.time(span)
        case .bytes(let size): UnitText.size(size)
        case .packets(let count): "\(count)packets"
        }
    }

    private var queueNote: String? {
        guard case .time = impairment.queue else { return nil }
        return impairment.queueBytes.map { "\(UnitText.size($0)) at this rate" }
    }

    /// Keeping order has a price: a packet waits for the slowest one before it.
    private var envelope: String? {
        guard impairment.jitter > .zero else { return nil }
        let least = UnitText.time(impairment.delay - impairment.jitter)
        let greatest = UnitText.time(impairment.delay + impairment.jitter)
        return "\(least) to \(greatest), in order: each packet waits for the slowest before it"
    }

    private var loss: String {
        switch impairment.loss {
        case .none: "0%"
        case .independent(let probability): UnitText.ratio(probability.value)
        case .gilbertElliott(let model):
            "gemodel p \(UnitText.ratio(model.p.value)) r \(UnitText.ratio(model.r.value))"
                + " loss-in-bad \(UnitText.ratio(model.lossInBad.value))"
                + " loss-in-good \(UnitText.ratio(model.lossInGood.value))"
        }
    }

    private var bursts: String? {
        guard case .gilbertElliott(let model) = impairment.loss, model.r > .zero else { return nil }
        let length = (10 / model.r.value).rounded() / 10
        let mean = (impairment.loss.meanLoss.value * 1e4).rounded() / 1e4
        return "\(UnitText.ratio(mean)) in the long run; the bad state lasts \(length) packets on average"
    }
}
