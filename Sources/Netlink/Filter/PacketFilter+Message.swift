internal import CNetlink

/// Filters of a qdisc: `RTM_NEWTFILTER`, `RTM_DELTFILTER`, `RTM_GETTFILTER` (rtnetlink(7), net/sched/cls_bpf.c,
/// net/sched/act_gact.c). Changes require CAP_NET_ADMIN.
extension NetlinkSocket {
    /// Makes a filter, in place of the one of its priority and handle if there is one: at once, so that no packet finds
    /// none. Its counters begin anew.
    package func put(_ filter: PacketFilter) throws(NetlinkError) {
        try perform("filter at", filter.interface.name, Self.request(filter))
    }

    package func delete(_ filter: PacketFilter) throws(NetlinkError) {
        let message = Message(RTM_DELTFILTER, flags: NLM_F_REQUEST | NLM_F_ACK)
        message.append(filter.header)
        message.put(TCA_KIND, text: PacketFilter.kind)
        try perform("delete a filter of", filter.interface.name, message)
    }

    /// Those of netlab's kind at a qdisc, in the order that packets meet them.
    package func packetFilters(
        of parent: QdiscHandle, at interface: Interface
    ) throws(NetlinkError) -> [PacketFilterReading] {
        let message = Message(RTM_GETTFILTER, flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(tcmsg(interface, handle: QdiscHandle(raw: 0), parent: parent))
        return try exchange("list", "filters of \(interface.name)", message)
            .compactMap { PacketFilterReading($0, at: interface) }
            .sorted { ($0.filter.priority, $0.filter.handle) < ($1.filter.priority, $1.filter.handle) }
    }

    static func request(_ filter: PacketFilter) -> Message {
        let message = Message(RTM_NEWTFILTER, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE)
        message.append(filter.header)
        message.put(TCA_KIND, text: PacketFilter.kind)
        message.nest(TCA_OPTIONS) { options in
            if case .pass(let handle) = filter.verdict { options.put(TCA_BPF_CLASSID, handle.raw) }
            options.nest(TCA_BPF_ACT) { actions in
                actions.nest(1) { filter.verdict.put(into: $0) }
            }
            options.put(TCA_BPF_OPS_LEN, UInt16(filter.program.instructions.count))
            options.put(TCA_BPF_OPS, bytes: filter.program.bytes)
        }
        return message
    }
}

extension PacketFilter {
    static let kind = "bpf"

    fileprivate var header: tcmsg {
        var header = tcmsg(interface, handle: QdiscHandle(raw: handle), parent: parent)
        // The protocol stands in network byte order: ETH_P_ALL, every one.
        header.tcm_info = UInt32(priority) << 16 | UInt32(UInt16(ETH_P_ALL).bigEndian)
        return header
    }
}

extension PacketFilter.Verdict {
    /// What gact does with each packet, and in place of that with each so manieth (`PGACT_DETERM`).
    fileprivate func put(into action: borrowing Message) {
        action.put(TCA_ACT_KIND, text: "gact")
        action.nest(TCA_ACT_OPTIONS) { options in
            var plain = tc_gact()
            plain.action = usual
            options.put(TCA_GACT_PARMS, plain)
            if case .dropEvery(let count) = self {
                options.put(
                    TCA_GACT_PROB, tc_gact_p(ptype: UInt16(PGACT_DETERM), pval: count, paction: TC_ACT_SHOT))
            }
        }
    }

    /// `TC_ACT_UNSPEC` is tc's `continue`: the next filter is asked.
    private var usual: Int32 {
        switch self {
        case .pass: TC_ACT_OK
        case .drop: TC_ACT_SHOT
        case .dropEvery: TC_ACT_UNSPEC
        }
    }
}
