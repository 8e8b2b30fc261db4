import Glibc

/// Shares that never rise along a row of tallies, as likely as can be: the pool-adjacent-violators algorithm (Ayer,
/// Brunk, Ewing, Reid, Silverman, Annals of Mathematical Statistics 26, 1955).
enum IsotonicFit {
    private struct Block {
        var held: Int
        var decided: Int
        var count: Int

        var share: Double { Double(held) / Double(decided) }
    }

    /// One share for each of `tallies`, which all have decided runs.
    static func shares(of tallies: some Sequence<Tally>) -> [Double] {
        var blocks: [Block] = []
        for tally in tallies {
            blocks.append(Block(held: tally.held, decided: tally.decided, count: 1))
            while blocks.count > 1, blocks[blocks.count - 2].share < blocks[blocks.count - 1].share {
                let last = blocks.removeLast()
                blocks[blocks.count - 1].held += last.held
                blocks[blocks.count - 1].decided += last.decided
                blocks[blocks.count - 1].count += last.count
            }
        }
        return blocks.flatMap { Array(repeating: $0.share, count: $0.count) }
    }

    /// The logarithm of how likely `tallies` are where runs hold with these shares.
    static func logLikelihood(of tallies: some Sequence<Tally>, with shares: [Double]) -> Double {
        zip(tallies, shares).reduce(0) { sum, pair in
            let (tally, share) = pair
            return sum + term(tally.held, share) + term(tally.decided - tally.held, 1 - share)
        }
    }

    private static func term(_ count: Int, _ share: Double) -> Double { count == 0 ? 0 : Double(count) * log(share) }
}
