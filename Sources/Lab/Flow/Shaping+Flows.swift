internal import LabModel
internal import Netlink

/// How packets are told apart in front of the path: a `prio` with two bands, the path's netem in one and a queue that
/// holds nothing up in the other. Its filters drop what a list says, and send what is matched to the path.
extension Shaping {
    static let pathClass = QdiscHandle(4, 1)
    private static let besideClass = QdiscHandle(4, 2)

    /// In the order that packets meet them.
    private enum Priority {
        static let places: UInt16 = 1
        static let every: UInt16 = 2
        static let match: UInt16 = 3
    }

    /// Without a match all packets take the path.
    func sorter(of impairment: Impairment) -> [Qdisc] {
        guard sorts else { return [] }
        return [
            Qdisc(
                on: path, handle: Self.sorterHandle, parent: .root,
                .prio(Bands(2, usual: impairment.match == nil ? 0 : 1))),
            Qdisc(
                on: path, handle: Self.besideHandle, parent: Self.besideClass,
                .fifo(Fifo(.packets, limit: Self.netemLimit))),
        ]
    }

    /// - Parameter seed: of the run.
    func filters(of impairment: Impairment, seed: UInt64) -> [PacketFilter] {
        let programs = PacketPrograms(seed: seed)
        var filters: [PacketFilter] = []
        for (index, kind) in MediaKind.allCases.enumerated() {
            guard let places = impairment.drop?.places[kind] else { continue }
            filters.append(filter(Priority.places, UInt32(index + 1), programs.program(for: places, of: kind), .drop))
        }
        if let every = impairment.drop?.every {
            let verdict: PacketFilter.Verdict =
                every.count == 1 ? .drop : .dropEvery(UInt16(clamping: every.count))
            filters.append(filter(Priority.every, 1, programs.program(for: every.match), verdict))
        }
        if let match = impairment.match {
            filters.append(filter(Priority.match, 1, programs.program(for: match), .pass(Self.pathClass)))
        }
        return filters
    }

    /// What must go, and what must be made or made anew; those that stay count on.
    func filterChanges(
        from old: Impairment, to new: Impairment, seed: UInt64
    ) -> (obsolete: [PacketFilter], new: [PacketFilter]) {
        let (before, after) = (filters(of: old, seed: seed), filters(of: new, seed: seed))
        let obsolete = before.filter { filter in
            !after.contains { $0.priority == filter.priority && $0.handle == filter.handle }
        }
        return (obsolete, after.filter { !before.contains($0) })
    }

    private func filter(
        _ priority: UInt16, _ handle: UInt32, _ program: PacketProgram, _ verdict: PacketFilter.Verdict
    ) -> PacketFilter {
        PacketFilter(
            on: path, parent: Self.sorterHandle, priority: priority, handle: handle, program, verdict)
    }
}

/// What the kernel says of them.
extension Shaping {
    /// For the report.
    func state(of reading: PacketFilterReading) -> FilterState? {
        guard let role = role(of: reading.filter) else { return nil }
        return FilterState(
            role: role, command: reading.filter.command("add"), packets: reading.packets, drops: reading.drops)
    }

    /// As much of what was told as the kernel has filters for, to the last instruction.
    func applied(_ told: Impairment, seed: UInt64, by filters: [PacketFilter]) -> (match: PacketMatch?, drop: DropList?)
    {
        let kept = Set(self.filters(of: told, seed: seed).filter(filters.contains).compactMap(role))
        let drop = told.drop.map { drop in
            DropList(
                places: drop.places.filter { kept.contains($0.key == .video ? .video : .audio) },
                every: kept.contains(.every) ? drop.every : nil)
        }
        return (kept.contains(.match) ? told.match : nil, drop == DropList() ? nil : drop)
    }

    private func role(of filter: PacketFilter) -> FilterState.Role? {
        switch filter.priority {
        case Priority.places: filter.handle == 1 ? .video : .audio
        case Priority.every: .every
        case Priority.match: .match
        default: nil
        }
    }
}
