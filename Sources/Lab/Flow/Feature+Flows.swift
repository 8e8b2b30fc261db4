internal import LabModel
internal import Netlink

extension Feature {
    /// What it takes to tell packets apart as these impairments do.
    static func flows(_ impairments: [Impairment]) -> [Feature] {
        guard impairments.contains(where: \.sortsPackets) else { return [] }
        let counts = impairments.contains { $0.drop?.every.map { $0.count > 1 } ?? false }
        return [
            qdisc("sch_prio", "CONFIG_NET_SCH_PRIO", .prio(Bands(2, usual: 0))),
            filter("cls_bpf or act_gact", "CONFIG_NET_CLS_BPF, CONFIG_NET_ACT_GACT", .drop),
        ] + (counts ? [filter("counting act_gact", "CONFIG_GACT_PROB", .dropEvery(2))] : [])
    }

    private static func filter(_ name: String, _ option: String, _ verdict: PacketFilter.Verdict) -> Feature {
        Feature(name: name, option: option) { socket in
            let interface = try InterfaceTable(socket)[scratch]
            let qdisc = Qdisc(
                on: interface, handle: Shaping.sorterHandle, parent: .root, .prio(Bands(2, usual: 0)))
            try socket.add(qdisc)
            defer { try? socket.delete(qdisc) }
            let program = PacketPrograms(seed: 0).program(for: nil)
            try socket.put(
                PacketFilter(
                    on: interface, parent: Shaping.sorterHandle, priority: 1, handle: 1, program, verdict))
        }
    }
}
