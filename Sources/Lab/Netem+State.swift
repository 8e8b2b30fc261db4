internal import LabModel
internal import Netlink

extension Netem {
    /// For the report: parameters in the words of tc-netem(8), without what it does not do.
    var parameters: [QdiscState.Parameter] {
        var parameters: [QdiscState.Parameter] = [
            .count("limit", Double(limit)), .time("delay", delay), .time("jitter", jitter),
        ]
        if delayCorrelation > .zero { parameters.append(.ratio("delay-correlation", delayCorrelation)) }
        parameters += loss.parameters
        if marks { parameters.append(.count("ecn", 1)) }
        if let duplicate { parameters += duplicate.parameters("duplicate") }
        if let corrupt { parameters += corrupt.parameters("corrupt") }
        if let reorder {
            parameters += reorder.chance.parameters("reorder") + [.count("gap", Double(reorder.gap))]
        }
        if let slots { parameters += slots.parameters }
        if let rate { parameters.append(.rate("rate", rate)) }
        if let seed { parameters.append(.count("seed", Double(seed))) }
        return parameters
    }
}

extension Chance {
    fileprivate func parameters(_ name: String) -> [QdiscState.Parameter] {
        let share = QdiscState.Parameter.ratio(name, share)
        return correlation == .zero ? [share] : [share, .ratio("\(name)-correlation", correlation)]
    }
}

extension LossModel {
    fileprivate var parameters: [QdiscState.Parameter] {
        switch self {
        case .none: []
        case .independent(let probability): [.ratio("loss", probability)]
        case .correlated(let chance): chance.parameters("loss")
        case .gilbertElliott(let model):
            [
                .ratio("p", model.p), .ratio("r", model.r), .ratio("1-h", model.lossInBad),
                .ratio("1-k", model.lossInGood),
            ]
        case .fourState(let model):
            [
                .ratio("p13", model.p13), .ratio("p31", model.p31), .ratio("p32", model.p32), .ratio("p23", model.p23),
                .ratio("p14", model.p14),
            ]
        }
    }
}

extension NetemSlots {
    fileprivate var parameters: [QdiscState.Parameter] {
        let spacing: [QdiscState.Parameter] =
            jitter > .zero
            ? [.time("slot-mean", mean), .time("slot-jitter", jitter)]
            : [.time("slot-min", least), .time("slot-max", most)]
        return spacing + (packets.map { [.count("slot-packets", Double($0))] } ?? [])
            + (bytes.map { [.size("slot-bytes", ByteCount(Int64($0)))] } ?? [])
    }
}
