internal import LabModel

/// SplitMix64: the same numbers each time, so that an analysis repeated gives the same result.
struct RepeatableRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// From 0 to 1, without 1.
    mutating func uniform() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }
}

/// The path's netem, simulated for the packets that entered it: each gets a delay drawn from delay - jitter to
/// delay + jitter, waits until the one before it was sent, and then takes its time at the path's rate
/// (`netem_enqueue` and `tabledist` of the kernel's sch_netem.c).
struct PathModel {
    private var random: RepeatableRandom
    private var lastSent = Timestamp(nanoseconds: 0)

    init(seed: UInt64) {
        random = RepeatableRandom(seed: seed)
    }

    /// The delay of the next packet on the path.
    mutating func delay(of size: Int, entering time: Timestamp, in phase: LinkPhase) -> TimeSpan {
        let impairment = phase.effective
        var drawn = impairment.delay
        if impairment.jitter > .zero {
            drawn =
                drawn + TimeSpan(nanoseconds: Int64(Double(impairment.jitter.nanoseconds) * (2 * random.uniform() - 1)))
        }
        var out = max(time + max(drawn, .zero), time)
        if let rate = phase.pathRate {
            out = max(out, lastSent) + (rate.time(for: ByteCount(Int64(size))) ?? .zero)
        }
        lastSent = out
        return out - time
    }
}
