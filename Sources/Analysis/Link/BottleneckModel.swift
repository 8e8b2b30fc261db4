internal import LabModel

/// How a packet should have passed the bottleneck, beside what became of it.
struct Passage {
    enum Outcome: Equatable {
        case delivered
        /// Lost when the queue was full.
        case queueDrop
        /// Lost when the queue had room: on the path.
        case pathLoss
        /// Lost because a drop list names it, between the two.
        case listed
    }

    var fate: PacketFate
    var outcome: Outcome
    /// When it left the bottleneck, by the model.
    var departure: Timestamp
    /// Which of the direction's phases that was.
    var phase: Int

    var waited: TimeSpan { departure - fate.sent }

    /// Whether the queue was as good as empty for it.
    var waitedForNone: Bool { waited < .milliseconds(1) }
}

/// The bottleneck that the lab builds, simulated for the very packets that were sent: a queue in front of a token bucket
/// (the kernel's sch_tbf.c, sch_htb.c, sch_fifo.c, sch_cake.c), with its rate as it was changed.
///
/// Which packets were lost is known from the captures, and the model takes it from there: one that was lost when the
/// model's queue had no room for it was the queue's, any other the path's. So the model cannot drift away from the real
/// queue by a packet that it would have dropped and the kernel did not.
///
/// A queue that acts on the wait drops by rules of its own, at its head as well: that takes no time at the rate, so the
/// others leave when they would if it had never come. Where flows take turns the model has the order wrong, and still
/// knows when the bottleneck is busy.
struct BottleneckModel {
    private struct Queued {
        var fate: PacketFate
        var outcome: Passage.Outcome
    }

    private let phases: [LinkPhase]
    private(set) var phase = 0
    private var queue = RingBuffer<Queued>()
    private var backlog = 0
    /// When the bucket would be full again.
    private var fullAt = Timestamp(nanoseconds: 0)
    private var lastDeparture = Timestamp(nanoseconds: 0)

    /// netem's delay in front of the shaper (see DESIGN: it lets go of the sender's socket buffer).
    private static let entryDelay = TimeSpan.microseconds(1)
    /// The longest that a carrier that is back stays unnoticed.
    private static let carrierDelay = TimeSpan.milliseconds(5)
    /// Where the kernel's burst is not known: a packet.
    private static let usualBurst = ByteCount(1600)

    /// - Parameter phases: at least one.
    init(phases: [LinkPhase]) {
        self.phases = phases
    }

    /// Adds the next packet in the order of sending, and hands over those that left before it came.
    mutating func add(_ fate: PacketFate, into passages: inout [Passage]) {
        advance(to: fate.sent + Self.entryDelay, into: &passages)
        if fate.arrival != nil { noticeCarrier(at: fate.sent + Self.entryDelay) }
        var outcome = Passage.Outcome.delivered
        if fate.arrival == nil {
            outcome = phases[phase].lists(fate) ? .listed : isFull(for: fate) ? .queueDrop : .pathLoss
        }
        if outcome == .queueDrop || phases[phase].effective.carrier == .down {
            passages.append(Passage(fate: fate, outcome: outcome, departure: fate.sent, phase: phase))
        } else {
            queue.append(Queued(fate: fate, outcome: outcome))
            backlog += fate.size
            limitBacklog(at: fate.sent + Self.entryDelay, into: &passages)
        }
    }

    /// Lets the rest leave.
    mutating func finish(into passages: inout [Passage]) {
        advance(to: Timestamp(nanoseconds: .max), into: &passages)
    }

    /// Lets leave what has left by `time`, through all changes before it.
    private mutating func advance(to time: Timestamp, into passages: inout [Passage]) {
        while true {
            let change = phase + 1 < phases.count ? phases[phase + 1].from : Timestamp(nanoseconds: .max)
            if let head = queue[queue.first], let departure = departure(of: head.fate), departure <= min(time, change) {
                leave(head, at: departure, into: &passages)
            } else if change <= time, phase + 1 < phases.count {
                enterNextPhase(at: change)
                if phases[phase].effective.carrier == .down { flush(at: change, into: &passages) }
            } else {
                return
            }
        }
    }

    /// Every queue stays when its shaper is changed. A tbf begins with a full bucket; htb keeps its tokens, which it counts
    /// in time, and cake waits for as long as it meant to.
    private mutating func enterNextPhase(at change: Timestamp) {
        let before = phases[phase].effective
        let oldFull = time(for: burst)
        phase += 1
        let now = phases[phase].effective
        guard now.rate != before.rate, !now.queue.shapes else { return }
        guard now.shaper == .htb, let oldFull, let full = time(for: burst) else {
            fullAt = change
            // What the full bucket makes possible happens no sooner.
            lastDeparture = max(lastDeparture, change)
            return
        }
        let tokens = min(oldFull - max(fullAt - change, .zero), full)
        fullAt = change + (full - tokens)
    }

    /// A packet that came shows that the carrier was back, which is seen to be so only a moment later.
    private mutating func noticeCarrier(at now: Timestamp) {
        guard phases[phase].effective.carrier == .down, phase + 1 < phases.count,
            phases[phase + 1].from - now < Self.carrierDelay
        else { return }
        enterNextPhase(at: now)
    }

    /// A link without carrier loses what it holds.
    private mutating func flush(at change: Timestamp, into passages: inout [Passage]) {
        while let head = queue[queue.first] {
            leave(head, at: max(change, lastDeparture), into: &passages)
        }
        fullAt = change
    }

    private mutating func leave(_ head: Queued, at departure: Timestamp, into passages: inout [Passage]) {
        queue.removeFirst()
        backlog -= head.fate.size
        lastDeparture = departure
        if let cost = cost(of: head.fate) { fullAt = max(fullAt, departure) + cost }
        passages.append(Passage(fate: head.fate, outcome: head.outcome, departure: departure, phase: phase))
    }

    /// `nil` at a rate of zero: never, until the rate changes.
    private func departure(of fate: PacketFate) -> Timestamp? {
        let ready = max(fate.sent + Self.entryDelay, lastDeparture)
        guard phases[phase].effective.rate != nil else { return ready }
        guard let cost = cost(of: fate), let full = time(for: burst) else { return nil }
        if phases[phase].effective.queue.shapes { return max(ready, fullAt) }
        switch phases[phase].effective.shaper {
        case .tbf: return max(ready, fullAt + cost - full)
        // htb lets a packet go while there are any tokens, and takes them from the next.
        case .htb: return max(ready, fullAt - full)
        }
    }

    private var burst: Int { Int((phases[phase].burst ?? Self.usualBurst).bytes) }

    private func cost(of fate: PacketFate) -> TimeSpan? {
        time(for: phases[phase].effective.queue.accounted(fate.size))
    }

    private func time(for size: Int) -> TimeSpan? {
        phases[phase].effective.rate?.time(for: ByteCount(Int64(size)))
    }

    /// Whether the queue has no room. Where the path loses nothing, a packet's room more or less is the model's error.
    private func isFull(for fate: PacketFate) -> Bool {
        let impairment = phases[phase].effective
        guard impairment.rate != nil else { return false }
        guard impairment.queue.isPassive else { return mayHaveActed(on: fate) }
        let doubt = phases[phase].mayLose(fate) ? 0 : 1
        if let limit = impairment.queueBytes {
            return backlog + fate.size + doubt * Int(ByteCount.largestFrame.bytes) > Int(limit.bytes)
        }
        if case .fifo(.packets(let limit)) = impairment.queue { return queue.end - queue.first + doubt >= limit }
        return false
    }

    /// Whether a queue that acts on the wait may have dropped the packet: where the path loses nothing it must have, and
    /// else where others waited longer than it aims at.
    private func mayHaveActed(on fate: PacketFate) -> Bool {
        if !phases[phase].mayLose(fate) { return true }
        return time(for: backlog).map { $0 >= phases[phase].effective.queue.target ?? .zero } ?? false && backlog > 0
    }

    /// A packet that came had room: where the model has none, others should have left by now.
    private mutating func limitBacklog(at now: Timestamp, into passages: inout [Passage]) {
        guard let limit = phases[phase].effective.queueBytes, phases[phase].effective.rate != nil else { return }
        while backlog > Int(limit.bytes), let head = queue[queue.first], let departure = departure(of: head.fate) {
            if departure > now { fullAt = fullAt - (departure - now) }
            leave(head, at: min(departure, now), into: &passages)
        }
    }
}
