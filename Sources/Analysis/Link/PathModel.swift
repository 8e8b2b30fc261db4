internal import LabModel

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
