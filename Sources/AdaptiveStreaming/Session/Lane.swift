internal import LabModel

/// How far one track has come.
struct Lane: Hashable {
    var rendition: Int
    /// Nil before it joined.
    var position: Position?
    /// What is under way, at most one of each.
    var manifest: Fetch?
    var media: Fetch?
    /// Initializations that are at hand.
    var initialized: Set<Resource> = []
    /// The segment that a rendition was chosen for last.
    var decided: Int?
    var lastSwitch: Timestamp?
    var isEnded = false
    var mediaTrouble = Trouble()
    /// A piece was not there: the manifest may know why, such as that all is over.
    var mustReload = false
    var manifestTrouble = Trouble()

    /// Attempts that failed in a row.
    struct Trouble: Hashable {
        var attempts = 0
        /// Not before.
        var until: Timestamp?

        func isPast(_ now: Timestamp) -> Bool { until.map { $0 <= now } ?? true }

        mutating func add(_ limits: SessionLimits, now: Timestamp) {
            let doublings = min(attempts, 4)
            attempts += 1
            until = now + TimeSpan(nanoseconds: limits.pause.nanoseconds << Int64(doublings))
        }
    }
}
