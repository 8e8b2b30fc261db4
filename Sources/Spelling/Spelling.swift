/// Finds the name that somebody meant who wrote another.
package enum Spelling {
    /// The candidate that `word` is most likely a slip of, letter case ignored; `nil` when none is near.
    ///
    /// Near is at most one slip in three letters, and never more than three.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        // A word longer than any name cannot be near one, and would cost time for nothing.
        guard word.count <= 80 else { return nil }
        let typed = Array(word.lowercased())
        let scored = candidates.map { ($0, distance(typed, Array($0.lowercased()))) }
        let allowed = min(3, max(1, typed.count / 3))
        guard let best = scored.min(by: { $0.1 < $1.1 }) else { return nil }
        if best.1 <= allowed { return best.0 }
        return onlyCompletion(of: word.lowercased(), in: scored.map(\.0))
    }

    /// The one candidate that begins with `prefix`, if it is long enough to mean something.
    private static func onlyCompletion(of prefix: String, in candidates: [String]) -> String? {
        guard prefix.count >= 3 else { return nil }
        let longer = candidates.filter { $0.lowercased().hasPrefix(prefix) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make `left` into `right`
    /// (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let replaced = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var best = min(previous[column] + 1, current[column - 1] + 1, replaced)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, before[column - 2] + 1)
                }
                current.append(best)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
