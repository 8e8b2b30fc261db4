internal import CNetlink

extension PacketFilterReading {
    /// `nil` for a filter of another kind, or with another action than netlab's.
    init?(_ reply: Reply, at interface: Interface) {
        guard reply.type == RTM_NEWTFILTER, let (header, attributes) = reply.parts(tcmsg.self),
            attributes.text(TCA_KIND) == PacketFilter.kind, header.tcm_handle != 0
        else { return nil }
        let options = attributes.nested(TCA_OPTIONS)
        let action = options.nested(TCA_BPF_ACT).nested(1)
        guard let operations = options.bytes(TCA_BPF_OPS),
            let verdict = PacketFilter.Verdict(
                action.nested(TCA_ACT_OPTIONS), classID: options.value(TCA_BPF_CLASSID))
        else { return nil }
        filter = PacketFilter(
            on: interface, parent: QdiscHandle(raw: header.tcm_parent), priority: UInt16(header.tcm_info >> 16),
            handle: header.tcm_handle, PacketProgram(bytes: operations), verdict)
        let counted = action.nested(TCA_ACT_STATS)
        let basic = counted.value(TCA_STATS_BASIC, as: gnet_stats_basic.self) ?? gnet_stats_basic()
        packets = Int64(basic.packets)
        drops = Int64(counted.value(TCA_STATS_QUEUE, as: gnet_stats_queue.self)?.drops ?? 0)
    }
}

extension PacketFilter.Verdict {
    fileprivate init?(_ action: Attributes, classID: UInt32?) {
        guard let usual = action.value(TCA_GACT_PARMS, as: tc_gact.self)?.action else { return nil }
        let chance = action.value(TCA_GACT_PROB, as: tc_gact_p.self)
        switch (usual, chance?.paction) {
        case (TC_ACT_SHOT, nil): self = .drop
        case (TC_ACT_OK, nil):
            guard let classID else { return nil }
            self = .pass(QdiscHandle(raw: classID))
        case (TC_ACT_UNSPEC, TC_ACT_SHOT?):
            guard let chance, chance.ptype == PGACT_DETERM else { return nil }
            self = .dropEvery(chance.pval)
        default: return nil
        }
    }
}
