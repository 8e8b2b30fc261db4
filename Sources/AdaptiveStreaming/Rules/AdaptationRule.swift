package import LabModel

/// What a rule decides from.
package struct AdaptationInput: Hashable, Sendable {
    /// The renditions' rates, from the least to the greatest; what else is fetched beside them is in none.
    package var rates: [Rate]
    /// The rendition that is played; nil before the first.
    package var current: Int?
    package var estimate: Rate?
    /// Media held.
    package var buffer: TimeSpan
    /// What the buffer is to hold when all is well.
    package var target: TimeSpan
    package var segment: TimeSpan
    /// Since the rendition was changed last; nil where it never was.
    package var sinceSwitch: TimeSpan?

    package init(
        rates: [Rate], current: Int?, estimate: Rate?, buffer: TimeSpan, target: TimeSpan, segment: TimeSpan,
        sinceSwitch: TimeSpan? = nil
    ) {
        self.rates = rates
        self.current = current
        self.estimate = estimate
        self.buffer = buffer
        self.target = target
        self.segment = segment
        self.sinceSwitch = sinceSwitch
    }
}

/// A rendition and why.
package struct AdaptationChoice: Hashable, Sendable {
    package var rendition: Int
    package var reason: AdaptationReason
}

/// Chooses the rendition of the next segment.
package enum AdaptationRule: Hashable, Sendable {
    /// Always this one, of those there are.
    case fixed(Int)
    case throughput(ThroughputRule)
    case bola(BOLA)

    package func choose(_ input: AdaptationInput) -> AdaptationChoice {
        switch self {
        case .fixed(let rendition):
            AdaptationChoice(rendition: min(max(rendition, 0), input.rates.count - 1), reason: .fixed)
        case .throughput(let rule): rule.choose(input)
        case .bola(let rule): rule.choose(input)
        }
    }
}

/// The greatest rate that the estimate carries with some to spare, and less where the buffer runs out.
package struct ThroughputRule: Hashable, Sendable {
    /// The share of the estimate that a rendition may take to be kept, and to be switched up to: the distance between
    /// them is the hysteresis.
    package var keep = 0.9
    package var climb = 0.75
    /// With less of the target than this the buffer counts, whatever the estimate says: what comes in pieces as it is made
    /// can look fast on a link that does not carry it.
    package var panic = 0.4
    /// No climb so soon after a switch.
    package var dwell = TimeSpan.seconds(4)

    package init() {}

    func choose(_ input: AdaptationInput) -> AdaptationChoice {
        guard let estimate = input.estimate else {
            return AdaptationChoice(rendition: input.current ?? 0, reason: .noEstimate)
        }
        let fits = { (share: Double) in
            input.rates.lastIndex { Double($0.bitsPerSecond) <= share * Double(estimate.bitsPerSecond) } ?? 0
        }
        guard let current = input.current else {
            return AdaptationChoice(rendition: fits(climb), reason: .throughput)
        }
        if current > 0, input.buffer.seconds < panic * input.target.seconds {
            return AdaptationChoice(rendition: min(current - 1, fits(keep)), reason: .lowBuffer)
        }
        if fits(keep) < current { return AdaptationChoice(rendition: fits(keep), reason: .throughput) }
        let higher = fits(climb)
        guard higher > current else { return AdaptationChoice(rendition: current, reason: .steady) }
        if let since = input.sinceSwitch, since < dwell {
            return AdaptationChoice(rendition: current, reason: .dwelling)
        }
        return AdaptationChoice(rendition: higher, reason: .throughput)
    }
}

/// BOLA-BASIC: Spiteri, Urgaonkar, Sitaraman, "BOLA: Near-Optimal Bitrate Adaptation for Online Videos" (INFOCOM 2016),
/// sections 3 and 4.1. Decides by the buffer alone; before there is an estimate of anything it starts at the bottom.
package struct BOLA: Hashable, Sendable {
    /// The paper's gamma times p: how much a full buffer is worth against quality.
    package var gammaP = 5.0

    package init() {}

    func choose(_ input: AdaptationInput) -> AdaptationChoice {
        guard input.rates.count > 1, input.segment > .zero, let least = input.rates.first else {
            return AdaptationChoice(rendition: 0, reason: .buffer)
        }
        let sizes = input.rates.map { Double(max($0.bitsPerSecond, 1)) }
        let utilities = sizes.map { naturalLogarithm($0 / Double(max(least.bitsPerSecond, 1))) }
        let held = input.buffer.seconds / input.segment.seconds
        // Qmax: a live buffer never holds more than what playing stays behind the source.
        let most = max(input.target.seconds / input.segment.seconds, 1.5)
        let greatest = utilities.max() ?? 0
        let control = (most - 1) / (greatest + gammaP)
        let scores = zip(utilities, sizes).map { (control * ($0 + gammaP) - held) / $1 }
        // Where all scores are negative the paper waits; live, the next segment is not there yet anyway, so the best is taken.
        let best = scores.indices.max { (scores[$0], $0) < (scores[$1], $1) } ?? 0
        return AdaptationChoice(rendition: best, reason: .buffer)
    }
}
