internal import LabModel
internal import Netlink

extension Feature {
    /// The qdisc of a queue.
    static func queue(_ queue: QueueDiscipline) -> Feature {
        let rate = Rate(bitsPerSecond: 1_000_000)
        let options = Shaping.queue(of: Impairment(rate: rate, queue: queue))
        if queue.isPassive { return qdisc("sch_fifo", "CONFIG_NET_SCHED", options) }
        return qdisc("sch_\(queue.kind)", "CONFIG_NET_SCH_\(queue.kind.uppercased())", options)
    }
}
