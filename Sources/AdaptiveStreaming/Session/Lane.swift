internal import LabModel

/// How far one track has come.
struct Lane: Hashable {
    var rendition: Int
    /// What is to be asked for next; nil before it joined.
    var position: Position?
    /// What is under way: of media one piece, or some parts.
    var manifest: Fetch?
    var media: [Fetch] = []
    /// Pieces that were asked for and have not failed.
    var asked: Set<Position> = []
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
