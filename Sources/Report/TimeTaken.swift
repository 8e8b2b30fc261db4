import LabModel

/// How long a run took from its beginning to its report, beside the time that passed in its lab.
struct TimeTaken {
    private let wall: TimeSpan
    private let harness: HarnessFacts

    /// Nil for a run that does not know.
    init?(_ harness: HarnessFacts) {
        guard let wall = harness.wallTime else { return nil }
        self.wall = wall
        self.harness = harness
    }

    /// Such as `3.02 s for 61.4 s in the lab, 20.3 times the clock`.
    var words: String {
        guard let lab = harness.labTime else { return wall.text }
        let ratio = harness.clockRatio.map { ", \($0.fixed(1)) times the clock" } ?? ""
        return "\(wall.text) for \(lab.text) in the lab\(ratio)"
    }
}
