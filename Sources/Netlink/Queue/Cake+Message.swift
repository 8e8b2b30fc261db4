internal import CNetlink
internal import LabModel

/// `TCA_CAKE_...` (<linux/pkt_sched.h>): times in microseconds, rates in bytes per second. All are named in every
/// message, since a change leaves what it does not name as it was.
extension Cake {
    func put(into message: borrowing Message, rate: Rate) {
        message.put(TCA_CAKE_BASE_RATE64, KernelUnits.bytesPerSecond(rate))
        message.put(TCA_CAKE_DIFFSERV_MODE, diffserv.number)
        message.put(TCA_CAKE_ATM, framing.number)
        message.put(TCA_CAKE_FLOW_MODE, isolation.number)
        message.put(TCA_CAKE_OVERHEAD, Int32(clamping: overhead ?? 0))
        message.put(TCA_CAKE_RTT, KernelUnits.microseconds(rtt))
        message.put(TCA_CAKE_TARGET, KernelUnits.microseconds(target))
        message.put(TCA_CAKE_MEMORY, UInt32(clamping: memoryLimit?.bytes ?? 0))
        // Behind the overhead, which it takes back.
        if overhead == nil { message.put(TCA_CAKE_RAW, UInt32(0)) }
        message.put(TCA_CAKE_WASH, UInt32(wash ? 1 : 0))
        message.put(TCA_CAKE_MPU, UInt32(clamping: mpu))
        message.put(TCA_CAKE_INGRESS, UInt32(ingress ? 1 : 0))
        message.put(TCA_CAKE_ACK_FILTER, ackFilter.number)
        message.put(TCA_CAKE_SPLIT_GSO, UInt32(splitGSO ? 1 : 0))
    }

    init(_ attributes: Attributes) {
        let overhead: Int32? = attributes.value(TCA_CAKE_OVERHEAD)
        let memory = attributes.size(TCA_CAKE_MEMORY)
        self.init(
            rtt: attributes.microseconds(TCA_CAKE_RTT) ?? .zero,
            diffserv: attributes.word(TCA_CAKE_DIFFSERV_MODE) ?? .diffserv3,
            isolation: attributes.word(TCA_CAKE_FLOW_MODE) ?? .flowblind,
            overhead: attributes.bytes(TCA_CAKE_RAW) == nil ? overhead.map { Int($0) } : nil,
            mpu: attributes.count(TCA_CAKE_MPU), framing: attributes.word(TCA_CAKE_ATM) ?? .none,
            ackFilter: attributes.word(TCA_CAKE_ACK_FILTER) ?? .off, wash: attributes.flag(TCA_CAKE_WASH),
            ingress: attributes.flag(TCA_CAKE_INGRESS), splitGSO: attributes.flag(TCA_CAKE_SPLIT_GSO),
            memoryLimit: memory.bytes == 0 ? nil : memory)
    }

    /// The rate that the kernel holds.
    static func rate(_ attributes: Attributes) -> Rate {
        KernelUnits.rate(bytesPerSecond: attributes.value(TCA_CAKE_BASE_RATE64) ?? 0)
    }
}

extension CaseIterable where Self: Equatable {
    /// The kernel's number of a word whose cases stand in the kernel's order.
    fileprivate var number: UInt32 {
        UInt32(Array(Self.allCases).firstIndex(of: self) ?? 0)
    }
}

extension Attributes {
    fileprivate func word<Word: CaseIterable>(_ attribute: Int) -> Word? {
        let all = Array(Word.allCases)
        let number = count(attribute)
        return all.indices.contains(number) ? all[number] : nil
    }
}
