internal import LabModel

/// A frame as the player model sees it.
struct PlayerFrame {
    var pts: TimeSpan
    /// When it was due at the source.
    var source: Timestamp
    /// When it was there whole; `nil` when it never was.
    var arrival: Timestamp?
}

/// A playout buffer, defined exactly: the same for every protocol, and a pure function of frames and policy.
///
/// 1. Frames are played in the order of their presentation times. Frame *i* has pts *p(i)*; it is *there* at a time when
///    it has arrived whole by then.
/// 2. The media *held* at a time is the greatest pts that is there less the least pts that is there and was not passed.
///    While a player fills its buffer it gives up what lies before a hole longer than `buffer`, and than half a second:
///    to begin there would be to show one picture for that long and to stay that much behind.
/// 3. **Start**: playing starts when the media held is at least `buffer`, or when the last frame that will ever come has
///    come. It starts with the least pts that is there, frame *k*, at time *t*: frame *i* is then *due* at
///    *t + p(i) - p(k)*.
/// 4. A frame that is there when it is due is **shown** then.
/// 5. A frame that is not there when it is due is passed: **late** if it comes later, **dropped** if it never comes. If a
///    frame behind it is there, that is all: the picture misses one frame.
/// 6. If nothing behind it is there either, the buffer has run empty and a **stall** begins when the frame was due.
///    - `wait`: the clock stops. Once frames come, rule 3 applies again, from the first frame that was not shown on; the
///      stall ends then, and every later frame is due that much later. The frame that was waited for can still be shown.
///    - `skip`: the clock goes on. The stall ends when the next frame is shown.
/// 7. When nothing will ever come again and frames are left, the stall lasts until the last of them was due; if that is no
///    later than the stall's beginning there is no stall.
/// 8. Live latency of a frame shown is the time from its being due at the source (`SentUnit.due`, so that what a sender
///    holds back counts too) to its being shown.
struct PlayerModel {
    /// One frame's fate.
    enum Showing: Equatable {
        case shown(Timestamp)
        case late
        case dropped
    }

    /// A stretch of uninterrupted clock: pts `pts` is due at `time`, from frame `frame` on.
    struct Anchor {
        var frame: Int
        var time: Timestamp
        var pts: TimeSpan

        func due(_ other: TimeSpan) -> Timestamp { time + (other - pts) }
    }

    struct Stall: Equatable {
        var start: Timestamp
        var length: TimeSpan
    }

    private let frames: [PlayerFrame]
    private let policy: PlayerPolicy
    /// Numbers of the frames that come, in the order of coming.
    private let arrivals: [Int]
    private var arrived = 0
    /// The greatest number of a frame that is there.
    private var newest = -1

    private(set) var showings: [Showing] = []
    private(set) var stalls: [Stall] = []
    private(set) var anchors: [Anchor] = []

    /// Plays `frames`, which must be in the order of their pts.
    init(_ frames: [PlayerFrame], policy: PlayerPolicy) {
        self.frames = frames
        self.policy = policy
        arrivals = frames.indices.filter { frames[$0].arrival != nil }
            .sorted { (frames[$0].arrival ?? .distantPast, $0) < (frames[$1].arrival ?? .distantPast, $1) }
        showings.reserveCapacity(frames.count)
        play()
    }

    private mutating func play() {
        guard let start = fill(from: 0, notBefore: .distantPast) else {
            showings = frames.map { $0.arrival == nil ? .dropped : .late }
            return
        }
        var clock = start
        pass(to: clock.frame)
        anchors.append(clock)
        while showings.count < frames.count {
            let index = showings.count
            let due = clock.due(frames[index].pts)
            admit(until: due)
            if let arrival = frames[index].arrival, arrival <= due {
                show(at: due)
            } else if newest > index {
                pass(to: index + 1)
            } else {
                clock = underrun(at: due, clock: clock)
            }
        }
        endOpenStall(at: clock)
    }

    /// Rule 6: returns the clock that the following frames go by.
    private mutating func underrun(at due: Timestamp, clock: Anchor) -> Anchor {
        let index = showings.count
        if openStall == nil { openStall = due }
        if policy.underrun == .skip {
            pass(to: index + 1)
            return clock
        }
        guard let next = fill(from: index, notBefore: due) else {
            pass(to: frames.count)
            return clock
        }
        pass(to: next.frame)
        anchors.append(next)
        return next
    }

    /// When the stall that is going on began.
    private var openStall: Timestamp?

    private mutating func show(at time: Timestamp) {
        if let start = openStall, time > start { stalls.append(Stall(start: start, length: time - start)) }
        openStall = nil
        showings.append(.shown(time))
    }

    /// Rule 7.
    private mutating func endOpenStall(at clock: Anchor) {
        guard let start = openStall, let last = frames.last else { return }
        let end = clock.due(last.pts)
        if end > start { stalls.append(Stall(start: start, length: end - start)) }
        openStall = nil
    }

    /// Gives up the frames before `end`.
    private mutating func pass(to end: Int) {
        while showings.count < end { showings.append(frames[showings.count].arrival == nil ? .dropped : .late) }
    }

    /// Lets in what has arrived by `time`.
    private mutating func admit(until time: Timestamp) {
        while arrived < arrivals.count, let arrival = frames[arrivals[arrived]].arrival, arrival <= time {
            newest = max(newest, arrivals[arrived])
            arrived += 1
        }
    }

    /// Rule 3: when and with which frame, number `first` or later, playing can start; `nil` when nothing comes.
    private mutating func fill(from first: Int, notBefore start: Timestamp) -> Anchor? {
        var time = start
        var held: [Int] = []
        while arrived < arrivals.count {
            let index = arrivals[arrived]
            time = max(time, frames[index].arrival ?? time)
            arrived += 1
            guard index >= first else { continue }
            newest = max(newest, index)
            held.insert(index, at: held.firstIndex { $0 > index } ?? held.endIndex)
            giveUpBeforeHole(&held)
            if frames[held[held.count - 1]].pts - frames[held[0]].pts >= policy.buffer { break }
        }
        return held.first.map { Anchor(frame: $0, time: time, pts: frames[$0].pts) }
    }

    /// Rule 2's second half.
    private func giveUpBeforeHole(_ held: inout [Int]) {
        let longest = max(policy.buffer, Self.longestHole)
        let behindHole = held.indices.dropFirst().last { frames[held[$0]].pts - frames[held[$0 - 1]].pts > longest }
        if let behindHole { held.removeFirst(behindHole) }
    }

    private static let longestHole = TimeSpan.milliseconds(500)
}

extension Timestamp {
    /// Before anything that a clock shows.
    static let distantPast = Timestamp(nanoseconds: 0)
}
