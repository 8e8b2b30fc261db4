extension Impairment {
    /// The least and the greatest delay that the path gives a packet by itself.
    package var pathDelays: ClosedRange<TimeSpan> {
        let spread = path.distribution == .uniform ? -1...1 : path.distribution.table.range
        let least = max(.zero, delay + TimeSpan(seconds: spread.lowerBound * jitter.seconds))
        let most = max(least, delay + TimeSpan(seconds: spread.upperBound * jitter.seconds))
        return (path.reorder == nil ? least : .zero)...most
    }

    /// The longest that a packet stays on the path: its delay, and two slots where packets wait for them. Where slots hold
    /// less than is sent, packets stay longer.
    package var longestOnPath: TimeSpan {
        guard let slots = path.slots else { return pathDelays.upperBound }
        let slot: TimeSpan =
            switch slots.spacing {
            case .between(_, let most): most
            case .distributed(let distribution, let mean, let jitter):
                mean + TimeSpan(seconds: distribution.table.range.upperBound * jitter.seconds)
            }
        return pathDelays.upperBound + slot + slot
    }
}
