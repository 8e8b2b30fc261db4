internal import LabModel
internal import Netlink

extension Shaping {
    /// The queue of `impairment` as the kernel is told.
    static func queue(of impairment: Impairment) -> Qdisc.Options {
        switch impairment.queue {
        case .fifo(let limit): .fifo(fifo(limit, impairment.rate))
        case .codel(let codel): .codel(codel)
        case .fqCodel(let queue): .fqCodel(queue)
        case .pie(let pie): .pie(pie)
        case .fqPie(let queue): .fqPie(queue)
        case .red(let red): .red(RandomEarlyDetection(red))
        case .cake(let cake): .cake(cake, rate: impairment.rate ?? unlimited)
        }
    }

    /// A queue in time is one of as many bytes as its rate sends in that time.
    static func fifo(_ limit: QueueLimit, _ rate: Rate?) -> Fifo {
        switch limit {
        case .time(let span): Fifo(.bytes, limit: UInt32(clamping: (rate ?? unlimited).bytes(in: span).bytes))
        case .bytes(let size): Fifo(.bytes, limit: UInt32(clamping: size.bytes))
        case .packets(let count): Fifo(.packets, limit: UInt32(clamping: count))
        }
    }
}
