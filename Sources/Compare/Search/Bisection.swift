/// Which runs a search needs next: both ends of a range, then the middle of what is left, by the majority of the runs at
/// each value, then as many again at the two values between which it turns.
///
/// The range is a grid of whole numbers from 0 to `steps`. It keeps nothing: what comes next follows from the runs there
/// are. So when more runs turn a majority over, the search goes on at the other side by itself, and it always ends, since
/// no value gets more than twice `repeats` decided runs.
package struct Bisection: Sendable {
    package enum Step: Hashable, Sendable {
        /// So many runs at each of these values, in their order.
        case run([Request])
        /// It holds at one of these neighbours and not at the other.
        case turns(good: Int, bad: Int)
        case sameAtBothEnds(holds: Bool)
        /// Too many runs at this value came to nothing, twice: half of the repeats or fewer are decided.
        case undecided(at: Int)
    }

    package struct Request: Hashable, Sendable {
        package var value: Int
        package var count: Int

        package init(value: Int, count: Int) {
            (self.value, self.count) = (value, count)
        }
    }

    let steps: Int
    let repeats: Int

    /// - Parameters:
    ///   - steps: how many times the precision fits into the range, 1 or more.
    ///   - repeats: runs at each value, 1 or more.
    package init(steps: Int, repeats: Int) {
        precondition(steps > 0 && repeats > 0)
        (self.steps, self.repeats) = (steps, repeats)
    }

    /// What to do after the runs of `tallies`.
    package func next(after tallies: [Int: Tally]) -> Step {
        if let step = missing(at: [0, steps], repeats, tallies) { return step }
        let startHolds = holds(at: 0, tallies)
        guard startHolds != holds(at: steps, tallies) else { return .sameAtBothEnds(holds: startHolds) }
        var (good, bad) = startHolds ? (0, steps) : (steps, 0)
        while abs(good - bad) > 1 {
            let middle = (good + bad) / 2
            if let step = missing(at: [middle], repeats, tallies) { return step }
            if holds(at: middle, tallies) { good = middle } else { bad = middle }
        }
        return missing(at: [good, bad].sorted(), 2 * repeats, tallies) ?? .turns(good: good, bad: bad)
    }

    private func holds(at value: Int, _ tallies: [Int: Tally]) -> Bool { tallies[value]?.mostHeld ?? false }

    /// What is left to do before each of `values` has `wanted` decided runs, or all that it will get: a run that came to
    /// nothing has one more try.
    private func missing(at values: [Int], _ wanted: Int, _ tallies: [Int: Tally]) -> Step? {
        var requests: [Request] = []
        for value in values {
            let tally = tallies[value] ?? Tally()
            let count = min(wanted - tally.decided, 2 * wanted - tally.made)
            if count > 0 {
                requests.append(Request(value: value, count: count))
            } else if 2 * tally.decided <= repeats {
                return .undecided(at: value)
            }
        }
        return requests.isEmpty ? nil : .run(requests)
    }
}
