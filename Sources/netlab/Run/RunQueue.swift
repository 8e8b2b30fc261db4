import LinuxKit

/// Runs that go on side by side, each on a thread of its own, and what came of them, in their order.
final class RunQueue<Outcome: Sendable>: Sendable {
    private struct State {
        var next = 0
        var isClosed = false
        /// Those under way, each with the most others that were so at a time.
        var neighbours: [Int: Int] = [:]
        var outcomes: [Int: Outcome] = [:]
    }

    private let state = Condition(State())
    private let count: Int
    private let goesOn: @Sendable () -> Bool

    /// Starts runs 0 to `count` in that order, `jobs` at a time, as long as it `goesOn`.
    init(
        count: Int, jobs: Int, while goesOn: @escaping @Sendable () -> Bool,
        run: @escaping @Sendable (Int, RunQueue) -> Outcome
    ) throws(Errno) {
        self.count = count
        self.goesOn = goesOn
        for _ in 0..<min(count, jobs) {
            _ = try Thread.run(named: "run") {
                while let index = self.begin() { self.end(index, run(index, self)) }
            }
        }
    }

    /// What came of a run, once it has ended; nil where it never begins.
    func outcome(of index: Int) -> Outcome? {
        let answer: Outcome?? = state.wait { state in
            if let outcome = state.outcomes.removeValue(forKey: index) { return outcome }
            return state.isClosed && index >= state.next ? .some(nil) : nil
        }
        return answer ?? nil
    }

    /// Lets those under way end, and begins no other.
    func close() {
        state.change { $0.isClosed = true }
    }

    /// The most other runs that have been under way at a time beside this one.
    func neighbours(of index: Int) -> Int {
        state.look { $0.neighbours[index] ?? 0 }
    }

    private func begin() -> Int? {
        state.change { state in
            if !goesOn() { state.isClosed = true }
            guard !state.isClosed, state.next < count else { return nil }
            defer { state.next += 1 }
            state.neighbours[state.next] = 0
            let others = state.neighbours.count - 1
            for index in state.neighbours.keys { state.neighbours[index, default: 0].raise(to: others) }
            return state.next
        }
    }

    private func end(_ index: Int, _ outcome: Outcome) {
        state.change { state in
            state.neighbours[index] = nil
            state.outcomes[index] = outcome
        }
    }
}

extension Int {
    fileprivate mutating func raise(to least: Int) { self = Swift.max(self, least) }
}
