internal import LabModel

/// One direction of the link, from the fates of its packets in the order of sending.
struct LinkTruth {
    let direction: Direction
    private(set) var report: LinkReport
    /// Those that are judged each for itself.
    private(set) var phases: [PhaseTruth]
    private(set) var courses: [CourseTruth]
    private(set) var series: LinkSeries
    /// Of all packets between the two captures, those that never came, and those that came marked.
    private(set) var missing: Int64 = 0
    private(set) var marked: Int64 = 0
    /// Of all packets that were sent, those that were fragments, and the largest frame in bytes.
    private(set) var fragments: Int64 = 0
    private(set) var largest = 0

    private(set) var watch: ChangeWatch
    private let stream: Range<Timestamp>
    private(set) var drops: DropTruth
    let steps: [LinkPhase]
    /// Of each of `steps` that is judged for itself, its place in `phases`.
    private let places: [Int?]
    private var model: BottleneckModel
    private var delay = Histogram()
    private var error = Histogram()
    private var losses = 0
    private var passages: [Passage] = []

    private static let longestRun = 65536

    /// - Parameters:
    ///   - phases: at least one.
    ///   - courses: what some of the phases are steps of.
    ///   - stream: when the stream ran.
    init(
        direction: Direction, phases: [LinkPhase], courses: [CourseTruth] = [], stream: Range<Timestamp>, bins: TimeBins
    ) {
        self.direction = direction
        self.stream = stream
        self.courses = courses
        steps = phases
        watch = ChangeWatch(phases: phases)
        var judged: [PhaseTruth] = []
        places = phases.map { phase in
            guard phase.course == nil else { return nil }
            judged.append(PhaseTruth(phase: phase))
            return judged.count - 1
        }
        self.phases = judged
        report = LinkReport(direction: direction)
        drops = DropTruth(phases)
        model = BottleneckModel(phases: phases)
        series = LinkSeries(bins: bins)
    }

    mutating func add(_ fate: PacketFate) {
        if fate.isFragment { fragments += 1 }
        largest = max(largest, fate.size)
        if fate.mayBeUnderWay {
            // Only a drop list says what became of it.
            guard steps.contains(where: { $0.asked.drop != nil }) else { return }
        } else {
            series.add(fate)
            if fate.arrival == nil { missing += 1 }
            if fate.marked { marked += 1 }
            if stream.contains(fate.sent) { count(fate) }
        }
        model.add(fate, into: &passages)
        takePassages()
    }

    /// Ends all that is still open.
    mutating func finish() {
        model.finish(into: &passages)
        takePassages()
        for index in phases.indices { phases[index].finish() }
        for index in courses.indices { courses[index].finish() }
        series.finish()
        closeRun()
        report.delay = delay.distribution
        report.delayError = error.distribution
        let busy = phases.reduce(into: (bytes: Int64(0), time: TimeSpan.zero)) {
            $0.bytes += $1.busy.bytes
            $0.time = $0.time + $1.busy.time
        }
        if busy.time > .zero {
            report.busyRate = Rate(bitsPerSecond: Int64(Double(busy.bytes) * 8 / busy.time.seconds))
        }
    }

    private mutating func count(_ fate: PacketFate) {
        report.sentPackets += 1
        report.sentBytes.bytes += Int64(fate.size)
        report.duplicates += Int64(fate.duplicates)
        guard let arrival = fate.arrival else {
            report.lost += 1
            losses += 1
            return
        }
        closeRun()
        report.deliveredPackets += 1
        report.deliveredBytes.bytes += Int64(fate.size)
        report.reordered += fate.reordered ? 1 : 0
        delay.add(arrival - fate.sent)
    }

    private mutating func takePassages() {
        for var passage in passages {
            drops.take(&passage)
            if passage.fate.mayBeUnderWay {
                if passage.outcome == .listed { missing += 1 }
                continue
            }
            let step = steps[passage.phase]
            if let course = step.course { courses[course].add(passage, phase: step) }
            if let place = places[passage.phase] { phases[place].add(passage) }
            watch.add(passage)
            note(passage, step)
        }
        passages.removeAll(keepingCapacity: true)
    }

    /// The error of the model for packets of the stream.
    private mutating func note(_ passage: Passage, _ step: LinkPhase) {
        // Where flows take turns, no single packet's time is known.
        guard step.effective.queue.keepsOrder else { return }
        guard stream.contains(passage.fate.sent), let arrival = passage.fate.arrival else { return }
        error.add(arrival - passage.departure - (step.isBeside(passage.fate) ? .zero : step.effective.delay))
    }

    private mutating func closeRun() {
        guard losses > 0 else { return }
        let index = min(losses, Self.longestRun) - 1
        if index >= report.lossRuns.count {
            report.lossRuns += Array(repeating: 0, count: index + 1 - report.lossRuns.count)
        }
        report.lossRuns[index] += 1
        losses = 0
    }
}
