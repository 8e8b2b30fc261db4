import Testing

@testable import Compare

@Suite struct BisectionTests {
    struct Way: CustomTestStringConvertible {
        var testDescription: String
        var steps = 16
        var repeats = 1
        var holds: @Sendable (Int) -> Bool
        /// Each round's values.
        var rounds: [[Int]]
        var end: Bisection.Step
    }

    /// Asks round after round, and answers as `holds` says.
    private func walk(_ way: Way) -> (rounds: [[Int]], end: Bisection.Step) {
        let bisection = Bisection(steps: way.steps, repeats: way.repeats)
        var tallies: [Int: Tally] = [:]
        var rounds: [[Int]] = []
        while case .run(let requests) = bisection.next(after: tallies), rounds.count < 100 {
            rounds.append(requests.flatMap { Array(repeating: $0.value, count: $0.count) })
            for request in requests {
                tallies[request.value, default: Tally()].decided += request.count
                tallies[request.value, default: Tally()].held += way.holds(request.value) ? request.count : 0
            }
        }
        return (rounds, bisection.next(after: tallies))
    }

    @Test(arguments: [
        Way(
            testDescription: "good at the start", holds: { $0 <= 5 },
            rounds: [[0, 16], [8], [4], [6], [5], [5, 6]], end: .turns(good: 5, bad: 6)),
        Way(
            testDescription: "good at the end", holds: { $0 >= 6 },
            rounds: [[0, 16], [8], [4], [6], [5], [5, 6]], end: .turns(good: 6, bad: 5)),
        Way(
            testDescription: "three runs each", steps: 4, repeats: 3, holds: { $0 < 4 },
            rounds: [[0, 0, 0, 4, 4, 4], [2, 2, 2], [3, 3, 3], [3, 3, 3, 4, 4, 4]], end: .turns(good: 3, bad: 4)),
        Way(
            testDescription: "two values only", steps: 1, holds: { $0 == 0 }, rounds: [[0, 1], [0, 1]],
            end: .turns(good: 0, bad: 1)),
        Way(
            testDescription: "holds everywhere", holds: { _ in true }, rounds: [[0, 16]],
            end: .sameAtBothEnds(holds: true)),
        Way(
            testDescription: "holds nowhere", holds: { _ in false }, rounds: [[0, 16]],
            end: .sameAtBothEnds(holds: false)),
    ])
    func `goes to where it turns`(way: Way) {
        let (rounds, end) = walk(way)
        #expect(rounds == way.rounds)
        #expect(end == way.end)
    }

    struct Next: CustomTestStringConvertible {
        var testDescription: String
        var tallies: [Int: Tally]
        var step: Bisection.Step
    }

    @Test(arguments: [
        Next(
            testDescription: "what came to nothing is tried again",
            tallies: [0: Tally(undecided: 3), 16: Tally(decided: 3)],
            step: .run([Bisection.Request(value: 0, count: 3)])),
        Next(
            testDescription: "but not a third time",
            tallies: [0: Tally(undecided: 6), 16: Tally(decided: 3)], step: .undecided(at: 0)),
        Next(
            testDescription: "one of three is too few",
            tallies: [0: Tally(held: 1, decided: 1, undecided: 5), 16: Tally(decided: 3)], step: .undecided(at: 0)),
        Next(
            testDescription: "two of three will do",
            tallies: [0: Tally(held: 2, decided: 2, undecided: 4), 16: Tally(decided: 3)],
            step: .run([Bisection.Request(value: 8, count: 3)])),
        Next(
            testDescription: "half of the runs is no majority",
            tallies: [0: Tally(held: 2, decided: 4), 16: Tally(decided: 3)], step: .sameAtBothEnds(holds: false)),
        Next(
            testDescription: "more runs turn a majority over",
            tallies: [
                0: Tally(held: 3, decided: 3), 16: Tally(decided: 3), 8: Tally(held: 3, decided: 3),
                12: Tally(decided: 3), 10: Tally(decided: 3), 9: Tally(held: 2, decided: 6),
            ], step: .run([Bisection.Request(value: 8, count: 3)])),
    ])
    func `follows from the runs there are`(given: Next) {
        #expect(Bisection(steps: 16, repeats: 3).next(after: given.tallies) == given.step)
    }
}
