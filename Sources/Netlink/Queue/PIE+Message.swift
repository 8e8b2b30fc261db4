internal import CNetlink
internal import LabModel

/// `TCA_PIE_...` and `TCA_FQ_PIE_...` (<linux/pkt_sched.h>): times in microseconds.
extension PIE {
    func put(into message: borrowing Message) {
        message.put(TCA_PIE_TARGET, KernelUnits.microseconds(target))
        message.put(TCA_PIE_LIMIT, UInt32(clamping: limit))
        message.put(TCA_PIE_TUPDATE, KernelUnits.microseconds(update))
        message.put(TCA_PIE_ALPHA, UInt32(clamping: alpha))
        message.put(TCA_PIE_BETA, UInt32(clamping: beta))
        message.put(TCA_PIE_ECN, UInt32(ecn ? 1 : 0))
        message.put(TCA_PIE_BYTEMODE, UInt32(byteMode ? 1 : 0))
        message.put(TCA_PIE_DQ_RATE_ESTIMATOR, UInt32(rateEstimator ? 1 : 0))
    }

    init(_ attributes: Attributes) {
        self.init(
            limit: attributes.count(TCA_PIE_LIMIT), target: attributes.microseconds(TCA_PIE_TARGET) ?? .zero,
            update: attributes.microseconds(TCA_PIE_TUPDATE) ?? .zero, alpha: attributes.count(TCA_PIE_ALPHA),
            beta: attributes.count(TCA_PIE_BETA), ecn: attributes.flag(TCA_PIE_ECN),
            byteMode: attributes.flag(TCA_PIE_BYTEMODE), rateEstimator: attributes.flag(TCA_PIE_DQ_RATE_ESTIMATOR))
    }
}

extension FQPIE {
    /// - Parameter isNew: a qdisc that is there already refuses a number of flows.
    func put(into message: borrowing Message, isNew: Bool) {
        message.put(TCA_FQ_PIE_LIMIT, UInt32(clamping: pie.limit))
        if isNew { message.put(TCA_FQ_PIE_FLOWS, UInt32(clamping: flows)) }
        message.put(TCA_FQ_PIE_TARGET, KernelUnits.microseconds(pie.target))
        message.put(TCA_FQ_PIE_TUPDATE, KernelUnits.microseconds(pie.update))
        message.put(TCA_FQ_PIE_ALPHA, UInt32(clamping: pie.alpha))
        message.put(TCA_FQ_PIE_BETA, UInt32(clamping: pie.beta))
        message.put(TCA_FQ_PIE_QUANTUM, UInt32(clamping: quantum.bytes))
        message.put(TCA_FQ_PIE_MEMORY_LIMIT, UInt32(clamping: memoryLimit.bytes))
        message.put(TCA_FQ_PIE_ECN_PROB, UInt32((ecnProbability.value * 100).rounded()))
        message.put(TCA_FQ_PIE_ECN, UInt32(pie.ecn ? 1 : 0))
        message.put(TCA_FQ_PIE_BYTEMODE, UInt32(pie.byteMode ? 1 : 0))
        message.put(TCA_FQ_PIE_DQ_RATE_ESTIMATOR, UInt32(pie.rateEstimator ? 1 : 0))
    }

    init(_ attributes: Attributes) {
        let pie = PIE(
            limit: attributes.count(TCA_FQ_PIE_LIMIT), target: attributes.microseconds(TCA_FQ_PIE_TARGET) ?? .zero,
            update: attributes.microseconds(TCA_FQ_PIE_TUPDATE) ?? .zero, alpha: attributes.count(TCA_FQ_PIE_ALPHA),
            beta: attributes.count(TCA_FQ_PIE_BETA), ecn: attributes.flag(TCA_FQ_PIE_ECN),
            byteMode: attributes.flag(TCA_FQ_PIE_BYTEMODE),
            rateEstimator: attributes.flag(TCA_FQ_PIE_DQ_RATE_ESTIMATOR))
        self.init(
            pie: pie, flows: attributes.count(TCA_FQ_PIE_FLOWS), quantum: attributes.size(TCA_FQ_PIE_QUANTUM),
            memoryLimit: attributes.size(TCA_FQ_PIE_MEMORY_LIMIT),
            ecnProbability: Probability(clamping: Double(attributes.count(TCA_FQ_PIE_ECN_PROB)) / 100))
    }
}
