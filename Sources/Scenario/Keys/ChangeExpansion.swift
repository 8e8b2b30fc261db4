import LabModel
import YAML

/// One time that a change of the scenario happens.
struct Occurrence {
    let change: ChangeDraft
    let at: TimeSpan

    var end: TimeSpan { at + change.span }
}

extension ChangeDraft {
    /// Every time that it happens before `end`; reports a repetition that overlaps itself.
    func occurrences(before end: TimeSpan, _ reading: Reading) -> [Occurrence] {
        guard let repetition else { return [Occurrence(change: self, at: at.value)] }
        if span >= repetition.every.value {
            reading.error(
                "a repetition that overlaps itself: it takes \(UnitText.time(span))", at: repetition.every.mark,
                hint: "make 'every' longer than that")
            return [Occurrence(change: self, at: at.value)]
        }
        let times = repetition.times ?? .max
        let until = repetition.until ?? end
        var occurrences: [Occurrence] = []
        var moment = at.value
        while occurrences.count < min(times, TimelineResolver.greatest * 2), moment < until, moment < end {
            occurrences.append(Occurrence(change: self, at: moment))
            moment = moment + repetition.every.value
        }
        return occurrences
    }
}

extension ImpairmentDraft {
    /// What it says, `share` of the way from `start`: 0 to 1.
    func onTheWay(from start: Impairment, _ share: Double) -> ImpairmentDraft {
        func between(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
        func time(_ from: TimeSpan, _ to: Located<TimeSpan>?) -> Located<TimeSpan>? {
            to.map { Located(value: .seconds(between(from.seconds, $0.value.seconds)), mark: $0.mark) }
        }
        var step = ImpairmentDraft()
        if let rate, let from = start.rate {
            let bits = between(Double(from.bitsPerSecond), Double(rate.value.bitsPerSecond))
            step.rate = Located(value: Rate(bitsPerSecond: Int64(bits.rounded())), mark: rate.mark)
        }
        step.delay = time(start.delay, delay)
        step.jitter = time(start.jitter, jitter)
        if let loss {
            let ratio = between(start.loss.meanLoss.value, loss.value.model.meanLoss.value)
            let model = ratio > 0 ? LossModel.independent(Probability(clamping: ratio)) : .none
            step.loss = Located(value: LossDraft(model: model, correlation: nil, marking: nil), mark: loss.mark)
        }
        return step
    }

    /// Reports what has no values between two of it.
    func checkRamp(from start: Impairment, _ reading: Reading) {
        let others: [(String, Mark?)] = [
            ("the shaper", shaper?.mark), ("a queue", queue?.mark), ("an outage", down?.mark),
            ("a distribution", path.distribution?.mark), ("a correlation", path.correlation?.mark),
            ("'raw'", path.raw?.mark), ("reordering", path.reorder?.mark), ("duplication", path.duplicate?.mark),
            ("corruption", path.corrupt?.mark), ("slots", path.slots?.mark), ("a match", match?.mark),
            ("a drop list", drop?.mark),
            ("a loss model", loss.flatMap { $0.value.model.isPlain && start.loss.isPlain ? nil : $0.mark }),
        ]
        for case (let name, let mark?) in others {
            reading.error(
                "\(name) cannot be ramped", at: mark, hint: "rate, delay, jitter and plain loss can; leave out 'over'")
        }
    }
}

extension LossModel {
    /// Whether one percentage says it all.
    fileprivate var isPlain: Bool {
        switch self {
        case .none, .independent: true
        case .correlated, .gilbertElliott, .fourState: false
        }
    }
}
