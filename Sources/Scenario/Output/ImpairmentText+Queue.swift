import LabModel

extension ImpairmentText {
    /// The queue, and each parameter of one that has more than a limit.
    var queue: [Setting] {
        guard case .fifo(let limit) = impairment.queue else {
            let kind = impairment.queue.kind
            return [("queue", kind, nil)]
                + impairment.queue.parameters.map { ("queue.\(kind).\($0.name)", text($0), nil) }
        }
        return [("queue", limit.setting, note(limit))]
    }

    private func note(_ limit: QueueLimit) -> String? {
        guard case .time = limit else { return nil }
        return impairment.queueBytes.map { "\(UnitText.size($0)) at this rate" }
    }

    /// As a scenario says it.
    private func text(_ parameter: QdiscState.Parameter) -> String {
        switch parameter.word {
        case "on" where parameter.name != "ack-filter": "true"
        case "off" where parameter.name != "ack-filter": "false"
        case let word?: word
        case nil where parameter.name == "limit" && parameter.quantity == .count: "\(Int(parameter.value))packets"
        case nil: UnitText.value(parameter.value, parameter.quantity)
        }
    }
}

extension QueueLimit {
    /// As a scenario has it.
    var setting: String {
        switch self {
        case .time(let span): UnitText.time(span)
        case .bytes(let size): UnitText.size(size)
        case .packets(let count): "\(count)packets"
        }
    }
}
