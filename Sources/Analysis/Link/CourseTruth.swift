internal import LabModel

/// What the captures show of a course: a stretch with too many changes to judge each.
///
/// A full bottleneck lets a frame pass and then waits for as long as it takes at the rate at which it began
/// (sch_htb.c keeps its tokens in time). So a link has followed its course where the frames that passed took all of the
/// time, each at the rate that held when it left; and what they should have been in all follows from that.
struct CourseTruth {
    /// A window of the course.
    struct Window {
        /// Bits that the asked rates let pass, and those that the kernel had taken, as long as it had them.
        var asked = 0.0
        var applied = 0.0
        var passed = 0.0
        /// Seconds that what passed took.
        var taken = 0.0
        /// Whether the bottleneck had packets waiting all the time.
        var isFull = true
    }

    static let window = TimeSpan.milliseconds(100)

    let course: Course
    let from: Timestamp
    /// How far from its time the kernel took each step.
    let lateness: [TimeSpan]
    private(set) var windows: [Window]
    /// Measured less predicted, of packets that did not wait for others, and of all.
    private(set) var errorAlone = Histogram()
    private(set) var errorAll = Histogram()
    /// Sums over the packets that passed: of what was asked, and what the kernel says.
    private(set) var askedDelay = 0.0
    private(set) var appliedDelay = 0.0
    private(set) var appliedLosses = 0.0
    private(set) var passed: Int64 = 0
    private(set) var lost: Int64 = 0
    /// Of those, without a carrier, where no qdisc counts them.
    private(set) var cut: Int64 = 0
    private(set) var queueDrops: Int64 = 0
    private(set) var reordered: Int64 = 0
    /// Of the packets that passed: the sums of their probabilities to be lost, and of these probabilities' variances.
    private(set) var expectedLosses = 0.0
    private(set) var lossVariance = 0.0
    let keepsOrder: Bool
    let keepsQueueOrder: Bool
    /// Whether the queue drops only what does not fit, so that it is known when it is empty.
    let isPassive: Bool
    let varies: Bool
    private let schedule: RateSchedule
    private var lastDeparture: Timestamp
    /// When the packet before really left, and how long it took.
    private var last: (moment: Timestamp, cost: TimeSpan)
    /// When the packet before should have come: none comes before it.
    private var lastExpected = Timestamp(nanoseconds: 0)

    /// Every course of `direction`, in the order of the plan.
    static func all(
        of direction: Direction, in plan: Plan, run: RunRecord, phases: [LinkPhase], origin: Timestamp
    ) -> [CourseTruth] {
        plan.courses.filter { $0.direction == direction }.enumerated().map { index, course in
            let lateness = run.changes.filter { course.contains($0.asked) }.map {
                ($0.tookEffect - (origin + $0.asked)).magnitude
            }
            return CourseTruth(
                course, origin: origin, asked: RateSchedule(of: direction, in: plan, origin: origin),
                phases: phases.filter { $0.course == index }, schedule: RateSchedule(phases), lateness: lateness)
        }
    }

    private init(
        _ course: Course, origin: Timestamp, asked: RateSchedule, phases: [LinkPhase], schedule: RateSchedule,
        lateness: [TimeSpan]
    ) {
        self.course = course
        self.schedule = schedule
        self.lateness = lateness
        from = origin + course.from
        lastDeparture = from
        last = (moment: from, cost: .zero)
        keepsOrder = phases.allSatisfy(\.asked.keepsOrder)
        keepsQueueOrder = phases.allSatisfy(\.effective.queue.keepsOrder)
        isPassive = phases.allSatisfy(\.effective.queue.isPassive)
        varies = phases.contains { $0.effective.pathVaries }
        let count = max(0, (course.to - course.from).nanoseconds / Self.window.nanoseconds)
        windows = (0..<count).map { [from] index in
            let start = from + TimeSpan(nanoseconds: index * Self.window.nanoseconds)
            return Window(
                asked: asked.bits(from: start, to: start + Self.window),
                applied: schedule.bits(from: start, to: start + Self.window))
        }
    }

    /// Adds the next packet in the order of leaving the bottleneck; `phase` is the step that it met.
    mutating func add(_ passage: Passage, phase: LinkPhase) {
        if passage.fate.reordered { reordered += 1 }
        guard passage.outcome != .queueDrop else {
            queueDrops += 1
            return
        }
        let takesPath = passage.outcome != .listed && !phase.isBeside(passage.fate)
        let error = takesPath ? takePath(passage, phase) : passage.fate.arrival.map { $0 - passage.departure }
        // Jitter hides when a packet left.
        let lateness = varies ? .zero : error ?? .zero
        let size = phase.effective.queue.accounted(passage.fate.size)
        let moment = passage.departure + lateness
        if passage.waited <= .microseconds(2), !hadToWait(moment, lateness) {
            markIdle(from: lastDeparture, to: passage.departure)
        }
        lastDeparture = passage.departure
        last = (moment, schedule.rate(at: moment)?.time(for: ByteCount(Int64(size))) ?? .zero)
        count(size, leaving: moment, taking: last.cost)
    }

    /// How much later a packet came than it should have; `nil` where it never came.
    private mutating func takePath(_ passage: Passage, _ phase: LinkPhase) -> TimeSpan? {
        passed += 1
        let loss = phase.asked.lossOnTheWay
        let chance = loss.meanLoss.value
        expectedLosses += chance
        lossVariance += chance * (1 - chance) * loss.varianceInflation
        askedDelay += phase.asked.delay.seconds
        appliedDelay += phase.effective.delay.seconds
        appliedLosses += phase.effective.lossOnTheWay.meanLoss.value
        let error = error(of: passage, delay: phase.effective.delay)
        if let error {
            errorAll.add(error)
            if passage.waitedForNone { errorAlone.add(error) }
        } else {
            lost += 1
            if phase.asked.carrier == .down { cut += 1 }
        }
        return error
    }

    /// Whether a packet that by the model found the bottleneck idle was late because of others before it: a link that is
    /// slower than it should be is full when the model has long emptied. Where the one before was long gone, it was late
    /// for another reason.
    private func hadToWait(_ moment: Timestamp, _ lateness: TimeSpan) -> Bool {
        lateness >= .milliseconds(1) && moment - last.moment <= last.cost + last.cost + .milliseconds(1)
    }

    /// Ends what is still open.
    mutating func finish() {
        markIdle(from: lastDeparture, to: from + (course.to - course.from))
    }

    private mutating func error(of passage: Passage, delay: TimeSpan) -> TimeSpan? {
        guard let arrival = passage.fate.arrival else { return nil }
        lastExpected = max(lastExpected, passage.departure + delay)
        return arrival - lastExpected
    }

    private mutating func count(_ size: Int, leaving moment: Timestamp, taking cost: TimeSpan) {
        guard let first = index(of: moment) else { return }
        windows[first].passed += Double(size * 8)
        var start = moment
        var index = first
        while start < moment + cost, index < windows.count {
            let end = min(moment + cost, origin(ofWindow: index + 1))
            windows[index].taken += (end - start).seconds
            (start, index) = (end, index + 1)
        }
    }

    private mutating func markIdle(from: Timestamp, to: Timestamp) {
        let first = max(0, Int((from - self.from).nanoseconds / Self.window.nanoseconds))
        let last = min(windows.count - 1, Int((to - self.from).nanoseconds / Self.window.nanoseconds))
        guard first <= last else { return }
        for index in first...last { windows[index].isFull = false }
    }

    private func index(of moment: Timestamp) -> Int? {
        guard moment >= from else { return nil }
        let index = Int((moment - from).nanoseconds / Self.window.nanoseconds)
        return index < windows.count ? index : nil
    }

    private func origin(ofWindow index: Int) -> Timestamp {
        from + TimeSpan(nanoseconds: Int64(index) * Self.window.nanoseconds)
    }
}
