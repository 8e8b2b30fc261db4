extension Impairment {
    /// In a line, as people write it: `10 Mbit/s, queue 100 ms, delay 20 ms, jitter 2 ms, loss 0.1 %`.
    package var text: String {
        var parts = [
            rate.map { "\(Quantity.rate.setting(Double($0.bitsPerSecond))), queue \(queue.text)" } ?? "no rate limit"
        ]
        parts.append("delay \(delay.setting)")
        if jitter > .zero { parts.append("jitter \(jitter.setting)") }
        if loss != .none { parts.append("loss \(loss.text)") }
        if carrier == .down { parts.append("carrier down") }
        return (parts + path.texts + flows(before: .clean)).joined(separator: ", ")
    }

    /// Only what differs from `before`; empty when nothing does.
    package func changes(from before: Impairment) -> String {
        var parts: [String] = []
        if rate != before.rate {
            parts.append(rate.map { "rate \(Quantity.rate.setting(Double($0.bitsPerSecond)))" } ?? "no rate limit")
        }
        if queue != before.queue { parts.append("queue \(queue.text)") }
        if delay != before.delay { parts.append("delay \(delay.setting)") }
        if jitter != before.jitter { parts.append("jitter \(jitter.setting)") }
        if loss != before.loss { parts.append("loss \(loss.text)") }
        if carrier != before.carrier { parts.append("carrier \(carrier.rawValue)") }
        return (parts + path.changes(from: before.path) + flows(before: before)).joined(separator: ", ")
    }

    private func flows(before: Impairment) -> [String] {
        var parts: [String] = []
        if match != before.match { parts.append(match.map { "for \($0.text) only" } ?? "for all packets") }
        if drop != before.drop { parts.append("drop \(drop?.text ?? "none")") }
        return parts
    }
}

extension QueueDiscipline {
    /// As people write it: `100 ms`, or `fq_codel (limit 10,240, target 5 ms, ...)`.
    package var text: String {
        if case .fifo(let limit) = self { return limit.text }
        return "\(kind) (\(parameters.map(\.setting).joined(separator: ", ")))"
    }
}

extension QueueLimit {
    /// As people write it, in the unit that it was asked in.
    package var text: String {
        switch self {
        case .time(let span): span.setting
        case .bytes(let size): Quantity.size.setting(Double(size.bytes))
        case .packets(let count): "\(Int64(count).grouped) packets"
        }
    }
}

extension LossModel {
    /// As people write it: `0.1 %`, or `in bursts, 1 % in the long run`.
    package var text: String {
        switch self {
        case .none: "none"
        case .independent(let probability): Quantity.ratio.setting(probability.value)
        case .correlated(let chance): chance.text
        case .gilbertElliott, .fourState: "in bursts, \(Quantity.ratio.setting(meanLoss.value)) in the long run"
        }
    }
}

extension Course {
    /// `trace lte.csv`, `uplink ramp to rate 2 Mbit/s`.
    package var title: String { direction == .downlink ? text : "\(direction.rawValue) \(text)" }
}

extension TimelineChange {
    /// What it changes in `plan`, direction by direction: `rate 2 Mbit/s`, `uplink loss 1 %`.
    package func text(in plan: Plan) -> String {
        let parts = Direction.allCases.compactMap { direction -> String? in
            guard let now = impairments[direction], !isStep(of: direction) else { return nil }
            let before = plan.timeline.last { $0.at < at && $0.impairments[direction] != nil }?.impairments[direction]
            let text = now.changes(from: before ?? plan.impairment(of: direction))
            guard !text.isEmpty else { return nil }
            return direction == .downlink ? text : "\(direction.rawValue) \(text)"
        }
        return parts.isEmpty ? "no change" : parts.joined(separator: "; ")
    }
}
