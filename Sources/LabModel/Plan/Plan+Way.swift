extension Plan {
    /// The longest that a packet may be under way from one end to the other: behind a full queue and with the longest
    /// delay of each hop, at any time of the timeline.
    package func longestWay(_ direction: Direction) -> TimeSpan {
        let first = [impairment(of: direction)] + timeline.compactMap { $0.impairments[direction] }
        let further = furtherHops.map { [$0[direction] ?? .clean] }
        return ([first] + further).reduce(.zero) { sum, states in
            sum + (states.map { $0.longestOnPath + ($0.queueTime ?? .zero) }.max() ?? .zero)
        }
    }
}
