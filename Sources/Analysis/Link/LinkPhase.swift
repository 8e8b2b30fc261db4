internal import LabModel

/// A time in which one direction of the link stayed as it was.
struct LinkPhase {
    var from: Timestamp
    var to: Timestamp
    var asked: Impairment
    /// As the kernel said; `nil` where it was not read back.
    var applied: Impairment?
    /// Bytes that the shaper lets pass at once.
    var burst: ByteCount?
    /// The rate at which the path's netem keeps packets in order.
    var pathRate: Rate?
    /// Which of the direction's courses it is in.
    var course: Int?
    /// Whether it is one step of many, which nobody wants to read.
    var isStep = false
    /// The packets that the path is for, and those that a drop list counts, in the direction's `MatchTable`; 0 is all.
    var matchBit: UInt64 = 0
    var everyBit: UInt64 = 0

    /// What packets meet: what the kernel says, or, unread, what was asked.
    var effective: Impairment { applied ?? asked }

    /// The longest that a packet can be under way, but for one whose slot holds less than is sent.
    var longestDelay: TimeSpan {
        let impairment = effective
        let path = impairment.longestOnPath
        guard impairment.rate != nil else { return path }
        // A queue that acts on the wait never lets it grow as long as its limit would.
        let longest = impairment.queue.isPassive ? TimeSpan(nanoseconds: .max / 4) : .seconds(10)
        return path + min(impairment.queueTime ?? .seconds(10), longest)
    }
}

extension LinkPhase {
    /// How long to wait for a packet before it is lost: behind slots that hold less than is sent, packets pile up.
    var patience: TimeSpan { longestDelay + .seconds(effective.path.slots == nil ? 2 : 60) }

    /// The longest that a packet's copy can come after it, which goes its own way through the path.
    var copySpread: TimeSpan {
        guard effective.path.duplicate != nil else { return .zero }
        let delays = effective.pathDelays
        return delays.upperBound - delays.lowerBound + .milliseconds(20)
    }

    /// The phases of `direction` in order.
    ///
    /// - Parameter origin: when the stream's time begins, and with it a trace.
    static func phases(
        of direction: Direction, plan: Plan, run: RunRecord, from: Timestamp, to: Timestamp, origin: Timestamp
    ) -> [LinkPhase] {
        let courses = plan.courses.filter { $0.direction == direction }
        let planned = Dictionary(plan.timeline.map { ($0.at, $0) }, uniquingKeysWith: { $1 })
        var first = LinkPhase(from: from, to: to, asked: plan.impairment(of: direction))
        first.apply(run.readbacks.first { $0.direction == direction })
        var phases = [first]
        if let trace = courses.firstIndex(where: { $0.contains(.zero) }) {
            // Before the stream there is nothing to judge but what its probes met.
            let isProbed = run.probes.contains { $0.ended <= origin }
            (first.from, first.course, first.isStep) = (isProbed ? max(from, origin) : from, trace, true)
            phases[0].to = first.from
            phases = from < first.from ? phases + [first] : [first]
        }
        for change in run.changes.sorted(by: { $0.tookEffect < $1.tookEffect }) {
            let last = phases[phases.count - 1]
            let course = courses.firstIndex { $0.contains(change.asked) }
            // A change of the other direction is none of this one.
            guard let asked = planned[change.asked]?.impairments[direction],
                asked != last.asked || course != last.course,
                change.tookEffect > last.from, change.tookEffect < to
            else { continue }
            phases[phases.count - 1].to = change.tookEffect
            var phase = LinkPhase(from: change.tookEffect, to: to, asked: asked)
            phase.pathRate = last.pathRate
            phase.course = course
            phase.isStep = planned[change.asked]?.isStep(of: direction) ?? false
            phase.apply(change.readbacks.first { $0.direction == direction })
            phases.append(phase)
        }
        return marked(phases)
    }

    /// Of both directions of a link of one hop.
    static func phases(_ inputs: RunInputs, _ times: RunTimes) -> [Direction: [LinkPhase]] {
        Dictionary(
            uniqueKeysWithValues: Direction.allCases.map { direction in
                let (from, to) = (times.all.lowerBound, times.all.upperBound)
                return (
                    direction,
                    phases(of: direction, plan: inputs.plan, run: inputs.run, from: from, to: to, origin: times.origin)
                )
            })
    }

    /// Of all hops together, as far as one link can be like them: as slow as the slowest, as long as all, and with as much
    /// to wait for.
    static func wholeWay(_ plan: Plan, _ times: RunTimes) -> [Direction: [LinkPhase]] {
        Dictionary(
            uniqueKeysWithValues: Direction.allCases.map { direction in
                let (from, to) = (times.all.lowerBound, times.all.upperBound)
                let hops = plan.hops.map { LinkPhase(from: from, to: to, asked: $0[direction] ?? .clean) }
                var way = Impairment(rate: plan.rate(of: direction))
                way.delay = hops.reduce(.zero) { $0 + $1.asked.delay }
                way.queue = .time(hops.reduce(.zero) { $0 + $1.longestDelay } - way.delay)
                if let turns = hops.first(where: { !$0.asked.queue.keepsOrder }) { way.queue = turns.asked.queue }
                way.path.slots = hops.compactMap(\.asked.path.slots).first
                way.path.duplicate = hops.compactMap(\.asked.path.duplicate).first
                return (direction, [LinkPhase(from: from, to: to, asked: way)])
            })
    }

    private mutating func apply(_ readback: LinkReadback?) {
        guard let readback else { return }
        applied = readback.applied
        burst = readback.burst
        guard !readback.qdiscs.isEmpty else { return }
        let netems = readback.qdiscs.filter { $0.kind == "netem" }
        let rate = netems.last?.parameters.first { $0.name == "rate" && $0.quantity == .rate }
        pathRate = rate.map { Rate(bitsPerSecond: Int64($0.value)) }
    }
}
