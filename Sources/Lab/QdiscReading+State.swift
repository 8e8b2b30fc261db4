internal import LabModel
internal import Netlink

extension QdiscReading {
    /// For the report: parameters in the words of `tc`.
    func state(on interface: Interface) -> QdiscState {
        QdiscState(
            interface: interface.name, kind: kind, handle: handle.description, parent: parent.description,
            parameters: options?.parameters ?? [], counters: counters)
    }
}

extension Qdisc.Options {
    fileprivate var parameters: [QdiscState.Parameter] {
        switch self {
        case .netem(let netem): netem.parameters
        case .tokenBucket(let bucket):
            [.rate(bucket.rate), .size("burst", bucket.burst), .count("limit", Double(bucket.limit))]
        case .htb(let defaultClass): [.count("default", Double(defaultClass))]
        case .htbClass(let bucket): [.rate(bucket.rate), .size("burst", bucket.burst)]
        case .fifo(let fifo):
            switch fifo.unit {
            case .bytes: [.size("limit", ByteCount(Int64(fifo.limit)))]
            case .packets: [.count("limit", Double(fifo.limit))]
            }
        }
    }
}

extension Netem {
    fileprivate var parameters: [QdiscState.Parameter] {
        var parameters: [QdiscState.Parameter] = [
            .count("limit", Double(limit)), .time("delay", delay), .time("jitter", jitter),
        ]
        switch loss {
        case .none: break
        case .independent(let probability): parameters.append(.ratio("loss", probability))
        case .gilbertElliott(let model):
            parameters += [
                .ratio("p", model.p), .ratio("r", model.r), .ratio("1-h", model.lossInBad),
                .ratio("1-k", model.lossInGood),
            ]
        }
        if let rate { parameters.append(.rate(rate)) }
        if let seed { parameters.append(.count("seed", Double(seed))) }
        return parameters
    }
}

extension QdiscState.Parameter {
    fileprivate static func rate(_ value: Rate) -> Self {
        Self(name: "rate", value: Double(value.bitsPerSecond), quantity: .rate)
    }

    fileprivate static func size(_ name: String, _ value: ByteCount) -> Self {
        Self(name: name, value: Double(value.bytes), quantity: .size)
    }

    fileprivate static func time(_ name: String, _ value: TimeSpan) -> Self {
        Self(name: name, value: value.seconds, quantity: .time)
    }

    fileprivate static func ratio(_ name: String, _ value: Probability) -> Self {
        Self(name: name, value: value.value, quantity: .ratio)
    }

    fileprivate static func count(_ name: String, _ value: Double) -> Self {
        Self(name: name, value: value, quantity: .count)
    }
}
