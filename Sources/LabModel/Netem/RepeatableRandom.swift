/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the same numbers each time, so that an analysis repeated gives the same
/// result.
package struct RepeatableRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 32 bits, as netem draws them.
    package mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }

    /// From 0 to 1, without 1.
    package mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
