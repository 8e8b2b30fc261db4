/// netem's random numbers with a correlation, in the kernel's own arithmetic (`get_crandom` of net/sched/sch_netem.c):
/// each is so much of the one before it, and the rest is new. That is a mean over the past, so the numbers crowd around
/// the middle, and one below a small threshold hardly ever comes.
package struct CorrelatedRandom: Sendable {
    private let weight: UInt64
    private var last: UInt32

    package init(correlation: Probability, random: inout RepeatableRandom) {
        weight = correlation == .zero ? 0 : UInt64(correlation.share) + 1
        last = random.word()
    }

    package mutating func next(_ random: inout RepeatableRandom) -> UInt32 {
        let value = UInt64(random.word())
        guard weight > 0 else { return UInt32(value) }
        // Wraps where the kernel's 64 bits do.
        let sum = (value &* ((1 << 32) - weight)) &+ (UInt64(last) &* weight)
        last = UInt32(truncatingIfNeeded: sum >> 32)
        return last
    }
}

extension Probability {
    /// As the kernel keeps it: a share of 2^32 - 1.
    package var share: UInt32 { UInt32((value * Double(UInt32.max)).rounded()) }
}

extension Chance {
    /// The share of packets that it really befalls in the long run, by the kernel's arithmetic; within 0.1 percentage
    /// points where there is a correlation.
    package var predicted: Probability {
        guard correlation > .zero else { return share }
        var random = RepeatableRandom(seed: 1)
        var correlated = CorrelatedRandom(correlation: correlation, random: &random)
        let draws = 1 << 18
        var hits = 0
        for _ in 0..<draws where share > .zero && correlated.next(&random) <= share.share { hits += 1 }
        return Probability(clamping: Double(hits) / Double(draws))
    }
}
