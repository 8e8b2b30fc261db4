internal import LabModel

/// netem's loss, packet by packet, in the kernel's own arithmetic (`loss_event` of sch_netem.c).
struct LossChain {
    private enum State { case passing, passingInBurst, burst, single }

    private let model: LossModel
    private var correlated: CorrelatedRandom
    /// The good state of Gilbert-Elliott is `passing`, the bad one `burst`.
    private var state = State.passing

    init(_ model: LossModel, random: inout RepeatableRandom) {
        self.model = model
        var correlation = Probability.zero
        if case .correlated(let chance) = model { correlation = chance.correlation }
        correlated = CorrelatedRandom(correlation: correlation, random: &random)
    }

    /// Whether the model picks the next packet.
    mutating func next(_ random: inout RepeatableRandom) -> Bool {
        switch model {
        case .none: false
        case .independent(let share): share > .zero && random.word() <= share.share
        case .correlated(let chance): chance.share > .zero && correlated.next(&random) <= chance.share.share
        case .gilbertElliott(let model): next(model, &random)
        case .fourState(let model): next(model, random.word())
        }
    }

    /// The state that a packet finds says how likely it is lost; the next packet finds the state after it.
    private mutating func next(_ model: GilbertElliott, _ random: inout RepeatableRandom) -> Bool {
        let isBad = state == .burst
        if random.word() < (isBad ? model.r : model.p).share { state = isBad ? .passing : .burst }
        return random.word() < (isBad ? model.lossInBad : model.lossInGood).share
    }

    private mutating func next(_ model: FourStateLoss, _ word: UInt32) -> Bool {
        switch state {
        case .passing:
            if word < model.p14.share {
                state = .single
            } else if word < model.p13.share &+ model.p14.share {
                state = .burst
            }
        case .passingInBurst:
            if word < model.p23.share { state = .burst }
        case .burst:
            if word < model.p32.share {
                state = .passingInBurst
            } else if word < model.p31.share &+ model.p32.share {
                state = .passing
            }
        case .single: state = .passing
        }
        return state == .burst || state == .single
    }
}
