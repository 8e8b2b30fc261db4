internal import CNetlink
internal import LabModel

/// `TCA_CODEL_...` and `TCA_FQ_CODEL_...` (<linux/pkt_sched.h>): times in microseconds, which the kernel keeps in units
/// of 1024 ns and so tells again up to 2 us shorter.
extension CoDel {
    func put(into message: borrowing Message) {
        message.put(TCA_CODEL_TARGET, KernelUnits.microseconds(target))
        message.put(TCA_CODEL_LIMIT, UInt32(clamping: limit))
        message.put(TCA_CODEL_INTERVAL, KernelUnits.microseconds(interval))
        message.put(TCA_CODEL_ECN, UInt32(ecn ? 1 : 0))
        if let ceThreshold { message.put(TCA_CODEL_CE_THRESHOLD, KernelUnits.microseconds(ceThreshold)) }
    }

    init(_ attributes: Attributes) {
        self.init(
            limit: attributes.count(TCA_CODEL_LIMIT), target: attributes.microseconds(TCA_CODEL_TARGET) ?? .zero,
            interval: attributes.microseconds(TCA_CODEL_INTERVAL) ?? .zero, ecn: attributes.flag(TCA_CODEL_ECN),
            ceThreshold: attributes.microseconds(TCA_CODEL_CE_THRESHOLD))
    }
}

extension FQCoDel {
    /// - Parameter isNew: a qdisc that is there already refuses a number of flows.
    func put(into message: borrowing Message, isNew: Bool) {
        message.put(TCA_FQ_CODEL_TARGET, KernelUnits.microseconds(codel.target))
        message.put(TCA_FQ_CODEL_LIMIT, UInt32(clamping: codel.limit))
        message.put(TCA_FQ_CODEL_INTERVAL, KernelUnits.microseconds(codel.interval))
        message.put(TCA_FQ_CODEL_ECN, UInt32(codel.ecn ? 1 : 0))
        if isNew { message.put(TCA_FQ_CODEL_FLOWS, UInt32(clamping: flows)) }
        message.put(TCA_FQ_CODEL_QUANTUM, UInt32(clamping: quantum.bytes))
        if let threshold = codel.ceThreshold {
            message.put(TCA_FQ_CODEL_CE_THRESHOLD, KernelUnits.microseconds(threshold))
        }
        message.put(TCA_FQ_CODEL_DROP_BATCH_SIZE, UInt32(clamping: dropBatch))
        message.put(TCA_FQ_CODEL_MEMORY_LIMIT, UInt32(clamping: memoryLimit.bytes))
    }

    init(_ attributes: Attributes) {
        let codel = CoDel(
            limit: attributes.count(TCA_FQ_CODEL_LIMIT), target: attributes.microseconds(TCA_FQ_CODEL_TARGET) ?? .zero,
            interval: attributes.microseconds(TCA_FQ_CODEL_INTERVAL) ?? .zero,
            ecn: attributes.flag(TCA_FQ_CODEL_ECN), ceThreshold: attributes.microseconds(TCA_FQ_CODEL_CE_THRESHOLD))
        self.init(
            codel: codel, flows: attributes.count(TCA_FQ_CODEL_FLOWS), quantum: attributes.size(TCA_FQ_CODEL_QUANTUM),
            memoryLimit: attributes.size(TCA_FQ_CODEL_MEMORY_LIMIT),
            dropBatch: attributes.count(TCA_FQ_CODEL_DROP_BATCH_SIZE))
    }
}
