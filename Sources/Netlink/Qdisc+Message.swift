internal import CNetlink
internal import LabModel

/// How each kind is told to the kernel: the contents of `TCA_OPTIONS` (<linux/pkt_sched.h>, net/sched/sch_*.c).
extension Qdisc.Options {
    /// The kernel's name of the qdisc.
    package var kind: String {
        switch self {
        case .netem: "netem"
        case .tokenBucket: "tbf"
        case .htb, .htbClass: "htb"
        case .prio: "prio"
        case .fifo(let fifo): fifo.unit.rawValue
        case .codel: "codel"
        case .fqCodel: "fq_codel"
        case .pie: "pie"
        case .fqPie: "fq_pie"
        case .red: "red"
        case .cake: "cake"
        }
    }

    /// - Parameter isNew: the qdisc is not there yet; some parameters can be given only then.
    func put(into message: borrowing Message, isNew: Bool) {
        switch self {
        case .netem(let netem): message.nest(TCA_OPTIONS) { netem.put(into: $0) }
        case .tokenBucket(let bucket): message.nest(TCA_OPTIONS) { bucket.put(into: $0) }
        case .htb(let defaultClass): message.nest(TCA_OPTIONS) { Self.putGlobals(defaultClass, into: $0) }
        case .htbClass(let bucket): message.nest(TCA_OPTIONS) { bucket.put(into: $0) }
        case .prio(let bands): message.put(TCA_OPTIONS, bytes: bands.bytes)
        case .fifo(let fifo): message.put(TCA_OPTIONS, tc_fifo_qopt(limit: fifo.limit))
        case .codel(let codel): message.nest(TCA_OPTIONS) { codel.put(into: $0) }
        case .fqCodel(let queue): message.nest(TCA_OPTIONS) { queue.put(into: $0, isNew: isNew) }
        case .pie(let pie): message.nest(TCA_OPTIONS) { pie.put(into: $0) }
        case .fqPie(let queue): message.nest(TCA_OPTIONS) { queue.put(into: $0, isNew: isNew) }
        case .red(let red): message.nest(TCA_OPTIONS) { red.put(into: $0) }
        case .cake(let cake, let rate): message.nest(TCA_OPTIONS) { cake.put(into: $0, rate: rate) }
        }
    }

    private static func putGlobals(_ defaultClass: UInt16, into message: borrowing Message) {
        var globals = tc_htb_glob()
        globals.version = UInt32(TC_HTB_PROTOVER)
        // One class only, so that nothing is ever shared out; the kernel wants a divisor all the same.
        globals.rate2quantum = 10
        globals.defcls = UInt32(defaultClass)
        message.put(TCA_HTB_INIT, globals)
    }
}

extension Bands {
    /// `tc_prio_qopt`: how many, and the band of each priority.
    fileprivate var bytes: [UInt8] {
        withUnsafeBytes(of: Int32(count), Array.init) + Array(repeating: usual, count: Self.priorities)
    }
}

extension TokenBucket {
    func put(into message: borrowing Message) {
        var options = tc_tbf_qopt()
        options.rate = KernelUnits.specification(rate)
        options.limit = limit
        options.buffer = rate.time(for: burst).map(KernelUnits.ticks) ?? .max
        message.put(TCA_TBF_PARMS, options)
        message.put(TCA_TBF_RATE64, KernelUnits.bytesPerSecond(rate))
        // Bytes where `buffer` is ticks: nothing is rounded (Linux 3.13).
        message.put(TCA_TBF_BURST, UInt32(clamping: burst.bytes))
    }
}

extension HierarchicalBucket {
    func put(into message: borrowing Message) {
        var options = tc_htb_opt()
        options.rate = KernelUnits.specification(rate)
        options.ceil = options.rate
        options.buffer = rate.time(for: burst).map(KernelUnits.ticks) ?? .max
        options.cbuffer = options.buffer
        options.quantum = UInt32(clamping: burst.bytes)
        message.put(TCA_HTB_PARMS, options)
        message.put(TCA_HTB_RATE64, KernelUnits.bytesPerSecond(rate))
        message.put(TCA_HTB_CEIL64, KernelUnits.bytesPerSecond(rate))
    }
}
