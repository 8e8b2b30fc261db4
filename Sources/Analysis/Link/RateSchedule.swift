internal import LabModel

/// A rate that changes; `nil` is no limit.
struct RateSchedule {
    /// In the order of time; the first holds before it too.
    private let steps: [(from: Timestamp, rate: Rate?)]

    /// As it was in force.
    ///
    /// - Parameter phases: at least one.
    init(_ phases: [LinkPhase]) {
        steps = phases.map { ($0.from, $0.effective.rate) }
    }

    /// As it was asked, at the times at which the kernel took it.
    init(asked phases: [LinkPhase]) {
        steps = phases.map { ($0.from, $0.asked.rate) }
    }

    /// As it was asked.
    init(of direction: Direction, in plan: Plan, origin: Timestamp) {
        let changes = plan.timeline.compactMap { change in
            change.impairments[direction].map { (from: origin + change.at, rate: $0.rate) }
        }
        steps = [(from: origin, rate: plan.impairment(of: direction).rate)] + changes
    }

    func rate(at moment: Timestamp) -> Rate? { steps[index(at: moment)].rate }

    /// Bits that pass; infinite where there is no limit.
    func bits(from: Timestamp, to: Timestamp) -> Double {
        var bits = 0.0
        var start = from
        var index = index(at: from)
        while start < to {
            let end = index + 1 < steps.count ? min(steps[index + 1].from, to) : to
            if end > start {
                bits += (end - start).seconds * (steps[index].rate.map { Double($0.bitsPerSecond) } ?? .infinity)
            }
            (start, index) = (end, index + 1)
        }
        return bits
    }

    /// Of the last step that begins by then.
    private func index(at moment: Timestamp) -> Int {
        var (low, high) = (0, steps.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if steps[middle].from <= moment { low = middle } else { high = middle }
        }
        return low
    }
}
