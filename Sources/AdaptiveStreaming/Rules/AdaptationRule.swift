package import LabModel

/// What a rule decides from.
package struct AdaptationInput: Hashable, Sendable {
    /// The renditions' rates, from the least to the greatest; what else is fetched beside them is in none.
    package var rates: [Rate]
    /// The rendition that is played; nil before the first.
    package var current: Int?
    package var estimate: Rate?
    /// What of a segment's length passes without the network giving what it can: the round trip, and slow start.
    package var lost: TimeSpan
    /// Media held.
    package var buffer: TimeSpan
    /// What the buffer is to hold when all is well.
    package var target: TimeSpan
    package var segment: TimeSpan
    /// Since the rendition was changed last; nil where it never was.
    package var sinceSwitch: TimeSpan?

    package init(
        rates: [Rate], current: Int?, estimate: Rate?, lost: TimeSpan = .zero, buffer: TimeSpan, target: TimeSpan,
        segment: TimeSpan, sinceSwitch: TimeSpan? = nil
    ) {
        self.rates = rates
        self.current = current
        self.estimate = estimate
        self.lost = lost
        self.buffer = buffer
        self.target = target
        self.segment = segment
        self.sinceSwitch = sinceSwitch
    }

    /// The best rendition that takes at most a share of what segments get of the estimate, or the least; nil before
    /// there is one.
    func best(within share: Double) -> Int? {
        guard let estimate else { return nil }
        let used = segment > .zero ? max(1 - lost.seconds / segment.seconds, 0) : 1
        let most = share * used * Double(estimate.bitsPerSecond)
        return rates.lastIndex { Double($0.bitsPerSecond) <= most } ?? 0
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
        guard let kept = input.best(within: keep), let higher = input.best(within: climb) else {
            return AdaptationChoice(rendition: input.current ?? 0, reason: .noEstimate)
        }
        guard let current = input.current else {
            return AdaptationChoice(rendition: higher, reason: .throughput)
        }
        if current > 0, input.buffer.seconds < panic * input.target.seconds {
            return AdaptationChoice(rendition: min(current - 1, kept), reason: .lowBuffer)
        }
        if kept < current { return AdaptationChoice(rendition: kept, reason: .throughput) }
        guard higher > current else { return AdaptationChoice(rendition: current, reason: .steady) }
        if let since = input.sinceSwitch, since < dwell {
            return AdaptationChoice(rendition: current, reason: .dwelling)
        }
        return AdaptationChoice(rendition: higher, reason: .throughput)
    }
}

/// BOLA-O: Spiteri, Urgaonkar, Sitaraman, "BOLA: Near-Optimal Bitrate Adaptation for Online Videos" (INFOCOM 2016),
/// sections 3 and 4. Decides by the buffer; but it climbs no further than the estimate carries, as a live buffer is too
/// short to pay for a rendition that does not come in time. Before there is an estimate of anything it starts at the bottom.
package struct BOLA: Hashable, Sendable {
    /// The paper's gamma times p: how much a full buffer is worth against quality.
    package var gammaP = 5.0
    /// The share of the estimate that a rendition may take to be climbed to.
    package var climb = 0.9

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
        let current = input.current ?? 0
        guard best > current, let carried = input.best(within: climb), carried < best else {
            return AdaptationChoice(rendition: best, reason: .buffer)
        }
        return AdaptationChoice(rendition: max(current, carried), reason: .throughput)
    }
}
