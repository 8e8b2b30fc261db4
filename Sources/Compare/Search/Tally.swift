/// What the runs at one value came to.
package struct Tally: Hashable, Sendable {
    package var held: Int
    /// Held or failed.
    package var decided: Int
    /// Neither: invalid or unsupported.
    package var undecided: Int

    package init(held: Int = 0, decided: Int = 0, undecided: Int = 0) {
        (self.held, self.decided, self.undecided) = (held, decided, undecided)
    }

    var made: Int { decided + undecided }

    /// More than half of the decided runs held.
    package var mostHeld: Bool { 2 * held > decided }
}
