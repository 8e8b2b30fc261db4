internal import LabModel

/// The path's netem, simulated for the packets that entered it: each gets a delay of the asked distribution, waits until
/// the one before it was sent where the path keeps order, and then takes its time at the path's rate; one that overtakes
/// leaves at once (`netem_enqueue`, `tabledist` and `get_crandom` of the kernel's sch_netem.c, in its own arithmetic).
struct PathModel {
    /// What becomes of one packet.
    struct Way {
        var delay: TimeSpan
        /// It left at once, before all that were under way.
        var overtook: Bool
    }

    private let impairment: Impairment
    private let rate: Rate?
    private let table: [Int16]?
    private var random: RepeatableRandom
    private var delays: CorrelatedRandom
    private var overtaking: CorrelatedRandom
    /// Packets since the last that overtook.
    private var counter = 0
    private var lastSent = Timestamp(nanoseconds: 0)

    init(seed: UInt64, phase: LinkPhase) {
        impairment = phase.effective
        rate = phase.pathRate
        table = impairment.path.distribution == .uniform ? nil : impairment.path.distribution.table.values
        random = RepeatableRandom(seed: seed)
        delays = CorrelatedRandom(correlation: impairment.path.correlation, random: &random)
        overtaking = CorrelatedRandom(
            correlation: impairment.path.reorder?.chance.correlation ?? .zero, random: &random)
    }

    /// The way of the next packet.
    mutating func next(_ size: Int, entering time: Timestamp) -> Way {
        if let reorder = impairment.path.reorder, counter >= reorder.gap - 1,
            overtaking.next(&random) <= reorder.chance.share.share
        {
            counter = 0
            return Way(delay: .zero, overtook: true)
        }
        counter += 1
        var out = time + max(drawn(), .zero)
        if let rate {
            out = max(out, lastSent) + (rate.time(for: ByteCount(Int64(size))) ?? .zero)
            lastSent = out
        }
        return Way(delay: out - time, overtook: false)
    }

    private mutating func drawn() -> TimeSpan {
        let spread = impairment.jitter.nanoseconds
        guard spread > 0 else { return impairment.delay }
        let number = Int64(delays.next(&random))
        guard let table else {
            return impairment.delay + TimeSpan(nanoseconds: number % (2 * spread) - spread)
        }
        let step = Int64(table[Int(number) % table.count])
        let scale = Int64(DistributionTable.scale)
        let rest = spread % scale * step
        let rounded = (rest >= 0 ? rest + scale / 2 : rest - scale / 2) / scale
        return impairment.delay + TimeSpan(nanoseconds: rounded + spread / scale * step)
    }
}

extension Impairment {
    /// Whether the way of a packet on the path is a matter of chance.
    var pathVaries: Bool { jitter > .zero || path.reorder != nil }

    /// What of the packets is lost that no full queue drops: without a carrier, all.
    var lossOnTheWay: LossModel { carrier == .down ? .independent(Probability(clamping: 1)) : loss }

    /// Whether no packet should come behind one sent after it.
    var keepsOrder: Bool { path.reorder == nil && (!path.raw || jitter == .zero) }
}
