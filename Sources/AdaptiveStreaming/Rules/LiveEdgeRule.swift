package import LabModel

/// How playing keeps to its distance from the source.
package struct LiveEdgeRule: Hashable, Sendable {
    /// Playing goes at 1 less and 1 more than this to come back to the target: 0 keeps the rate at 1.
    package var catchUp: Double
    /// So near to the target nothing is done.
    package var tolerance: TimeSpan
    /// So far behind the target what lies between is skipped.
    package var skipBeyond: TimeSpan

    package init(
        catchUp: Double = 0.05, tolerance: TimeSpan = .milliseconds(100), skipBeyond: TimeSpan = .seconds(6)
    ) {
        self.catchUp = catchUp
        self.tolerance = tolerance
        self.skipBeyond = skipBeyond
    }

    /// How fast to play at a latency; slower only with something in the buffer to win by it, faster only with something
    /// in it to play.
    package func rate(latency: TimeSpan, target: TimeSpan, buffer: TimeSpan) -> Double {
        let excess = latency - target
        if excess > tolerance { return buffer > tolerance ? 1 + catchUp : 1 }
        if TimeSpan.zero - excess > tolerance { return 1 - catchUp }
        return 1
    }

    package func mustSkip(latency: TimeSpan, target: TimeSpan) -> Bool { latency - target > skipBeyond }
}
