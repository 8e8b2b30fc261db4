import LabModel
import YAML

/// All that changes in one direction, as it was written and as what holds from each moment on.
///
/// What a change says holds until another says something else. What one with `for` says covers that for its time,
/// whatever changes meanwhile.
struct DirectionTimeline {
    /// What holds from a moment on.
    struct Step {
        let at: TimeSpan
        var impairment: Impairment
        var stepOf: Course.Kind?
    }

    private enum Overlay {
        case lay(ImpairmentDraft)
        case approach(Ramp, step: Int)
        case cover(ImpairmentDraft)
        case uncover(ImpairmentDraft)
    }

    private struct Moment {
        let at: TimeSpan
        let overlay: Overlay
        var stepOf: Course.Kind?

        var isLasting: Bool {
            switch overlay {
            case .lay, .approach: true
            case .cover, .uncover: false
            }
        }
    }

    private struct Ramp {
        let from: TimeSpan
        let length: TimeSpan
        let steps: Int
        let goal: ImpairmentDraft

        func start(of step: Int) -> TimeSpan { from + .seconds(length.seconds * Double(step) / Double(steps)) }

        /// A step has the value of its middle, so that as much passes in all as on the straight line.
        func share(at step: Int) -> Double { (Double(step) + 0.5) / Double(steps) }
    }

    private let direction: Direction
    private let start: ImpairmentDraft
    private let reading: Reading
    /// Of those at one moment, each lies over the ones before it.
    private var moments: [Moment] = []
    private(set) var courses: [Course] = []

    init(_ direction: Direction, _ start: ImpairmentDraft, _ reading: Reading) {
        self.direction = direction
        self.start = start
        self.reading = reading
    }

    /// Takes changes in the order of time.
    mutating func lay(_ occurrences: [Occurrence]) {
        for occurrence in occurrences {
            guard let draft = occurrence.change.link.directions[direction] else { continue }
            if let trace = start.trace?.value { draft.checkMoved(by: trace, reading) }
            if let over = occurrence.change.over {
                ramp(occurrence, over.value, to: draft)
            } else if occurrence.change.length != nil {
                moments.append(Moment(at: occurrence.at, overlay: .cover(draft)))
                moments.append(Moment(at: occurrence.end, overlay: .uncover(draft)))
            } else {
                moments.append(Moment(at: occurrence.at, overlay: .lay(draft)))
            }
        }
    }

    private mutating func ramp(_ occurrence: Occurrence, _ over: TimeSpan, to goal: ImpairmentDraft) {
        let length = occurrence.change.step?.value ?? min(TimelineResolver.usualStep, over)
        let count = max(1, Int((over.seconds / length.seconds).rounded()))
        // More are reported for the timeline as a whole.
        let ramp = Ramp(from: occurrence.at, length: over, steps: min(count, TimelineResolver.greatest * 2), goal: goal)
        for step in 0..<ramp.steps {
            moments.append(Moment(at: ramp.start(of: step), overlay: .approach(ramp, step: step), stepOf: .ramp))
        }
        moments.append(Moment(at: occurrence.end, overlay: .lay(goal)))
    }

    /// Takes the trace's steps again and again; its first step is what holds at the start.
    mutating func replay(_ trace: Located<LinkTrace>, until end: TimeSpan) {
        var round = TimeSpan.zero
        while round < end, moments.count < TimelineResolver.greatest * 2 {
            for step in trace.value.steps where round + step.at < end && round + step.at > .zero {
                let draft = ImpairmentDraft(step, at: trace.mark)
                moments.append(Moment(at: round + step.at, overlay: .lay(draft), stepOf: .trace))
            }
            guard let length = trace.value.length else { break }
            round = round + length
        }
        courses.append(Course(.trace, of: direction, from: .zero, to: end, text: "trace \(trace.value.name)"))
    }

    /// What holds from each moment on at which that is something else.
    mutating func resolve() -> [Step] {
        var lasting = start.settled
        var cover: ImpairmentDraft?
        var origin = lasting
        var before = lasting
        var steps: [Step] = []
        let ordered = moments.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (_, moment) in ordered {
            let draft: ImpairmentDraft
            switch moment.overlay {
            case .lay(let change): draft = change
            case .approach(let ramp, let step):
                if step == 0 { origin = begin(ramp, from: lasting) }
                draft = ramp.goal.onTheWay(from: origin.total, ramp.share(at: step))
            case .cover(let change): (draft, cover) = (change, change)
            case .uncover(let change): (draft, cover) = (change, nil)
            }
            if moment.isLasting { lasting = lasting.overlaid(by: draft).settled }
            let now = lasting.overlaid(by: cover)
            refuseNewShaping(before, now, draft)
            now.check(reading)
            before = now
            add(Step(at: moment.at, impairment: now.total, stepOf: moment.stepOf), to: &steps)
        }
        return steps
    }

    /// Where the ramp begins.
    private mutating func begin(_ ramp: Ramp, from lasting: ImpairmentDraft) -> ImpairmentDraft {
        var origin = lasting
        // An outage hides the loss that is ramped.
        origin.down = nil
        ramp.goal.checkRamp(from: origin.total, reading)
        let text = origin.overlaid(by: ramp.goal).total.changes(from: origin.total)
        if !text.isEmpty {
            courses.append(
                Course(.ramp, of: direction, from: ramp.from, to: ramp.from + ramp.length, text: "ramp to \(text)"))
        }
        return origin
    }

    private func add(_ step: Step, to steps: inout [Step]) {
        if let last = steps.last, last.at == step.at {
            steps[steps.count - 1].impairment = step.impairment
            if last.stepOf != step.stepOf { steps[steps.count - 1].stepOf = nil }
        } else if step.impairment != steps.last?.impairment ?? start.total {
            steps.append(step)
        }
    }
}

extension DirectionTimeline {
    /// A qdisc's settings can change while packets are in it; which qdisc it is cannot.
    private func refuseNewShaping(_ before: ImpairmentDraft, _ now: ImpairmentDraft, _ draft: ImpairmentDraft) {
        if let shaper = draft.shaper, now.total.shaper != before.total.shaper {
            reading.error("the shaper cannot change while packets flow", at: shaper.mark)
        }
        if let queue = draft.queue, before.rate != nil,
            let reason = before.total.queue.whyItCannotBecome(now.total.queue)
        {
            reading.error(reason, at: queue.mark)
        }
        if let match = draft.match, match.value != before.match?.value {
            reading.error(
                "the match cannot change while packets flow", at: match.mark,
                hint: "packets would overtake what is under way: change what is done to the matched ones instead")
        }
        if let down = draft.down, down.value == .silent, now.match != nil {
            reading.error(
                "a silent outage is the path's, and the path is for matched packets only", at: down.mark,
                hint: "write loss: 100% for these, drop: {every: 1st, match: ...} for others, or down: link for all")
        }
        if let slots = draft.path.slots, before.path.slots?.value.slots?.isDistributed == true,
            now.path.slots?.value.slots?.isDistributed != true
        {
            reading.error(
                "slots cannot lose their distribution while packets flow", at: slots.mark, hint: "netem keeps it")
        }
        if let rate = draft.rate, before.rate == nil, !before.isBroken(ImpairmentKeys.rate),
            !before.isBroken(TracedKeys.trace)
        {
            reading.error(
                "\(direction.rawValue) has no rate that could change", at: rate.mark,
                hint: "give 'link.\(direction.rawValue)' a rate to begin with")
        }
    }
}
