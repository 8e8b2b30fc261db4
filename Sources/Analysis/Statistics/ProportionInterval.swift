/// Wilson's score interval of a proportion: right for few losses among many packets, and for none at all.
struct ProportionInterval {
    var low: Double
    var high: Double

    /// - Parameters:
    ///   - successes: how many of `trials`.
    ///   - trials: effective number; fewer than counted where they depend on each other.
    ///   - deviations: of the normal distribution: 1.96 for 95 %, 3.29 for 99.9 %.
    init(successes: Double, trials: Double, deviations z: Double) {
        let share = successes / trials
        let denominator = 1 + z * z / trials
        let centre = (share + z * z / (2 * trials)) / denominator
        let half = z / denominator * (share * (1 - share) / trials + z * z / (4 * trials * trials)).squareRoot()
        // Rounding must not shut out what was observed, least of all a share of 0.
        low = successes == 0 ? 0 : max(0, centre - half)
        high = successes == trials ? 1 : min(1, centre + half)
    }

    func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
