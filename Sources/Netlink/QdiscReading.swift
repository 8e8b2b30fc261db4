internal import CNetlink
package import LabModel

/// A qdisc or class as the kernel reports it.
package struct QdiscReading: Hashable, Sendable {
    /// The interface's number.
    package var interface: Int32
    /// The kernel's name of the qdisc.
    package var kind: String
    package var handle: QdiscHandle
    package var parent: QdiscHandle
    /// Absent for a kind that netlab does not use.
    package var options: Qdisc.Options?
    /// What the kind counts for itself; absent where it counts nothing.
    package var statistics: [QdiscState.Parameter]?
    package var counters: QdiscState.Counters

    init?(_ reply: Reply) {
        guard let (header, attributes) = reply.parts(tcmsg.self), let kind = attributes.text(TCA_KIND) else {
            return nil
        }
        interface = header.tcm_ifindex
        self.kind = kind
        handle = QdiscHandle(raw: header.tcm_handle)
        parent = QdiscHandle(raw: header.tcm_parent)
        options = Qdisc.Options(kind: kind, isClass: reply.type == RTM_NEWTCLASS, attributes)
        let counted = attributes.nested(TCA_STATS2)
        statistics = QueueStatistics.read(kind: kind, counted)
        counters = QdiscState.Counters(counted)
    }
}

extension QdiscState.Counters {
    /// `TCA_STATS2` (<linux/gen_stats.h>); Linux 5.4 and later counts packets beyond 32 bits.
    fileprivate init(_ attributes: Attributes) {
        let basic = attributes.value(TCA_STATS_BASIC, as: gnet_stats_basic.self) ?? gnet_stats_basic()
        let queue = attributes.value(TCA_STATS_QUEUE, as: gnet_stats_queue.self) ?? gnet_stats_queue()
        let packets = attributes.value(TCA_STATS_PKT64, as: UInt64.self) ?? UInt64(basic.packets)
        self.init(
            bytes: Int64(clamping: basic.bytes), packets: Int64(clamping: packets), drops: Int64(queue.drops),
            overlimits: Int64(queue.overlimits), backlogBytes: Int64(queue.backlog),
            backlogPackets: Int64(queue.qlen))
    }
}

extension Qdisc.Options {
    fileprivate init?(kind: String, isClass: Bool, _ attributes: Attributes) {
        switch (kind, isClass) {
        case ("netem", false): self = .netem(Netem(attributes))
        case ("tbf", false): self = .tokenBucket(TokenBucket(attributes.nested(TCA_OPTIONS)))
        case ("htb", true): self = .htbClass(HierarchicalBucket(attributes.nested(TCA_OPTIONS)))
        case ("htb", false):
            let globals = attributes.nested(TCA_OPTIONS).value(TCA_HTB_INIT, as: tc_htb_glob.self)
            self = .htb(default: UInt16(truncatingIfNeeded: globals?.defcls ?? 0))
        case ("prio", false):
            let options = attributes.bytes(TCA_OPTIONS) ?? []
            guard options.count >= MemoryLayout<tc_prio_qopt>.size else { return nil }
            self = .prio(Bands(options[0], usual: options[MemoryLayout<Int32>.size]))
        case ("bfifo", false), ("pfifo", false):
            let options = attributes.value(TCA_OPTIONS, as: tc_fifo_qopt.self) ?? tc_fifo_qopt()
            self = .fifo(Fifo(kind == "bfifo" ? .bytes : .packets, limit: options.limit))
        default:
            guard !isClass, let queue = Self(queue: kind, attributes.nested(TCA_OPTIONS)) else { return nil }
            self = queue
        }
    }

    private init?(queue kind: String, _ attributes: Attributes) {
        switch kind {
        case "codel": self = .codel(CoDel(attributes))
        case "fq_codel": self = .fqCodel(FQCoDel(attributes))
        case "pie": self = .pie(PIE(attributes))
        case "fq_pie": self = .fqPie(FQPIE(attributes))
        case "red": self = .red(RandomEarlyDetection(attributes))
        case "cake": self = .cake(Cake(attributes), rate: Cake.rate(attributes))
        default: return nil
        }
    }
}

extension TokenBucket {
    fileprivate init(_ attributes: Attributes) {
        let options = attributes.value(TCA_TBF_PARMS, as: tc_tbf_qopt.self) ?? tc_tbf_qopt()
        rate = Rate(options.rate, wide: attributes.value(TCA_TBF_RATE64))
        burst = KernelUnits.bytes(at: rate, ticks: options.buffer)
        limit = options.limit
    }
}

extension HierarchicalBucket {
    fileprivate init(_ attributes: Attributes) {
        let options = attributes.value(TCA_HTB_PARMS, as: tc_htb_opt.self) ?? tc_htb_opt()
        rate = Rate(options.rate, wide: attributes.value(TCA_HTB_RATE64))
        burst = KernelUnits.bytes(at: rate, ticks: options.buffer)
    }
}

extension Rate {
    fileprivate init(_ specification: tc_ratespec, wide: UInt64?) {
        self = KernelUnits.rate(bytesPerSecond: wide ?? UInt64(specification.rate))
    }
}
