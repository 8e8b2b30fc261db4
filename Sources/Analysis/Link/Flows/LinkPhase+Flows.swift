internal import LabModel

/// By what was asked: where the kernel has another filter, that shows.
extension LinkPhase {
    /// Whether the packet passes the path at once, because the match is for others.
    func isBeside(_ fate: PacketFate) -> Bool {
        asked.carrier == .up && matchBit != 0 && fate.traits.matches & matchBit == 0
    }

    /// Whether a drop list names the packet.
    func lists(_ fate: PacketFate) -> Bool {
        guard let place = fate.traits.place else { return false }
        return asked.drop?.places[place.stream]?.contains(place.number) ?? false
    }

    /// Whether a drop list counts the packet.
    func counts(_ fate: PacketFate) -> Bool {
        asked.drop?.every != nil && !lists(fate) && (everyBit == 0 || fate.traits.matches & everyBit != 0)
    }

    /// Whether the packet may be lost behind the bottleneck.
    func mayLose(_ fate: PacketFate) -> Bool {
        (effective.lossOnTheWay != .none && !isBeside(fate)) || counts(fate)
    }

    /// The same phases, each with its bits of their table.
    static func marked(_ phases: [LinkPhase]) -> [LinkPhase] {
        let table = MatchTable(phases)
        return phases.map { phase in
            var phase = phase
            phase.matchBit = table.bit(of: phase.asked.match)
            phase.everyBit = table.bit(of: phase.asked.drop?.every?.match)
            return phase
        }
    }
}
