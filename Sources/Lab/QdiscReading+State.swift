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

extension QdiscState.Parameter {
    static func rate(_ value: Rate) -> Self {
        Self(name: "rate", value: Double(value.bitsPerSecond), quantity: .rate)
    }

    static func size(_ name: String, _ value: ByteCount) -> Self {
        Self(name: name, value: Double(value.bytes), quantity: .size)
    }

    static func time(_ name: String, _ value: TimeSpan) -> Self {
        Self(name: name, value: value.seconds, quantity: .time)
    }

    static func ratio(_ name: String, _ value: Probability) -> Self {
        Self(name: name, value: value.value, quantity: .ratio)
    }

    static func count(_ name: String, _ value: Double) -> Self {
        Self(name: name, value: value, quantity: .count)
    }
}
