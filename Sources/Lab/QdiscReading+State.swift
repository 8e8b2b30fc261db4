internal import LabModel
internal import Netlink

extension QdiscReading {
    /// For the report: parameters in the words of `tc`.
    func state(on interface: Interface) -> QdiscState {
        QdiscState(
            interface: interface.name, kind: kind, handle: handle.description, parent: parent.description,
            parameters: options?.parameters ?? [], statistics: statistics, counters: counters)
    }
}

extension Qdisc.Options {
    fileprivate var parameters: [QdiscState.Parameter] {
        switch self {
        case .netem(let netem): netem.parameters
        case .tokenBucket(let bucket):
            [.rate("rate", bucket.rate), .size("burst", bucket.burst), .count("limit", Double(bucket.limit))]
        case .htb(let defaultClass): [.count("default", Double(defaultClass))]
        case .htbClass(let bucket): [.rate("rate", bucket.rate), .size("burst", bucket.burst)]
        case .prio(let bands): [.count("bands", Double(bands.count)), .count("usual band", Double(bands.usual))]
        case .fifo(let fifo):
            switch fifo.unit {
            case .bytes: [.size("limit", ByteCount(Int64(fifo.limit)))]
            case .packets: [.count("limit", Double(fifo.limit))]
            }
        case .codel(let codel): QueueDiscipline.codel(codel).parameters
        case .fqCodel(let queue): QueueDiscipline.fqCodel(queue).parameters
        case .pie(let pie): QueueDiscipline.pie(pie).parameters
        case .fqPie(let queue): QueueDiscipline.fqPie(queue).parameters
        case .red(let red): red.parameters
        case .cake(let cake, let rate): [.rate("bandwidth", rate)] + QueueDiscipline.cake(cake).parameters
        }
    }
}

extension RandomEarlyDetection {
    fileprivate var parameters: [QdiscState.Parameter] {
        [
            .size("limit", ByteCount(Int64(limit))), .size("min", ByteCount(Int64(min))),
            .size("max", ByteCount(Int64(max))), .flag("ecn", ecn), .flag("harddrop", hardDrop),
            .flag("adaptive", adaptive), .count("ewma", Double(weightLog)), .ratio("probability", probability),
            .count("Scell_log", Double(cellLog)),
        ]
    }
}
