internal import LabModel

/// A rough player for the progress line: what its buffer holds and how often it has stalled. The report's figures come
/// from the analysis, which sees every packet.
struct LivePlayer {
    private let policy: PlayerPolicy
    private let clockRate: Double
    private var first: UInt32?
    /// The media's newest moment that is complete, and the moment being shown at `shownAt`, in seconds.
    private var newest = 0.0
    private var playing: (moment: Double, since: Int64)?
    private(set) var stalls = 0
    private var hasPlayed = false

    init(_ policy: PlayerPolicy, clockRate: Int) {
        self.policy = policy
        self.clockRate = Double(clockRate)
    }

    /// A frame is complete.
    mutating func frame(_ timestamp: UInt32, at time: Int64) {
        let start = first ?? timestamp
        first = start
        check(at: time)
        newest = max(newest, Double(Int32(bitPattern: timestamp &- start)) / clockRate)
        if playing == nil, newest - shown >= policy.buffer.seconds {
            playing = (shown, time)
            hasPlayed = true
        }
    }

    /// Where playing stopped, or stands still before it starts.
    private var shown = 0.0

    private func moment(at time: Int64) -> Double {
        playing.map { $0.moment + Double(time - $0.since) / 1e9 } ?? shown
    }

    /// Media that waits to be shown; nil before the first frame.
    mutating func level(at time: Int64) -> TimeSpan? {
        guard first != nil else { return nil }
        check(at: time)
        return .seconds(max(0, newest - moment(at: time)))
    }

    private mutating func check(at time: Int64) {
        guard let now = playing.map({ $0.moment + Double(time - $0.since) / 1e9 }), now > newest,
            policy.underrun == .wait
        else { return }
        stalls += 1
        shown = newest
        playing = nil
    }
}
