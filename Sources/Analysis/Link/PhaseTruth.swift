internal import LabModel

/// What the captures show of one phase of one direction.
struct PhaseTruth {
    let phase: LinkPhase
    /// Packets that left the bottleneck in the phase, a guard time after its start.
    private(set) var passed: Int64 = 0
    private(set) var pathLosses: Int64 = 0
    private(set) var queueDrops: Int64 = 0
    private(set) var reordered: Int64 = 0
    /// Packets that the match is not for; all else here is of those that take the path.
    private(set) var beside = BesideTruth()
    /// Measured less predicted, of packets that did not wait for others, and of all.
    private(set) var errorAlone = Histogram()
    private(set) var errorAll = Histogram()
    /// The delay of the path alone: measured less what the model says of the bottleneck.
    private(set) var pathDelay = Histogram()
    private(set) var busy: BusyMeter
    private(set) var envelope: EnvelopeTest?
    /// The wait in the bottleneck by the captures, where the path's jitter does not hide it: one-way delay less the
    /// path's.
    private(set) var waits = Histogram()
    private(set) var marked: Int64 = 0
    /// The longest of them.
    private(set) var longestWait = TimeSpan.zero
    private(set) var largestPacket: Int = 0
    /// What befell the packets on the path, and what simulations of as many say.
    private(set) var fates = FateCount()
    private(set) var fateReplicas: (counts: [FateCount], scale: Double)?
    /// Of the packets that could be marked: those that were; and of the rest, those that were lost.
    private(set) var markable = FateCount()
    private(set) var unmarkable = FateCount()
    private(set) var slots: SlotMeter
    private var path: PathModel

    init(phase: LinkPhase) {
        self.phase = phase
        busy = BusyMeter(phase.effective)
        path = PathModel(seed: 1, phase: phase)
        slots = SlotMeter(phase.effective.path.slots)
        // When a slot comes, packets of many times leave at once: their delays say nothing of the path's own.
        if phase.effective.pathVaries, phase.effective.path.slots == nil { envelope = EnvelopeTest(phase: phase) }
    }

    mutating func add(_ passage: Passage) {
        // A change takes a moment, and what is under way then belongs to neither side of it.
        let guarded =
            passage.departure >= phase.from + .milliseconds(100) && passage.departure < phase.to - .milliseconds(20)
        largestPacket = max(largestPacket, passage.fate.size)
        let isBeside = phase.isBeside(passage.fate)
        if passage.fate.reordered, !isBeside { reordered += 1 }
        if passage.fate.marked { marked += 1 }
        guard guarded else {
            busy.close()
            return
        }
        if passage.outcome == .queueDrop {
            queueDrops += 1
            return
        }
        busy.add(passage, hadToWait: hadToWait(passage), isBeside: isBeside)
        if passage.outcome == .listed { return }
        if isBeside {
            beside.add(passage)
        } else {
            passed += 1
            count(passage.fate)
            if passage.outcome == .pathLoss { pathLosses += 1 }
        }
        if let arrival = passage.fate.arrival { addDelivered(passage, arrival: arrival, isBeside: isBeside) }
    }

    /// Ends what is still open.
    mutating func finish() {
        busy.close()
        if fates.packets > 0, phase.effective.needsFateModel {
            fateReplicas = FateCount.replicas(of: phase.effective, packets: fates.packets)
        }
    }

    private mutating func count(_ fate: PacketFate) {
        let isPicked = fate.arrival == nil || (phase.effective.path.marks && fate.marked)
        fates.add(picked: isPicked, duplicated: fate.duplicates > 0, corrupted: fate.corrupted)
        if fate.isMarkable {
            markable.add(picked: isPicked, duplicated: false, corrupted: false)
        } else {
            unmarkable.add(picked: isPicked, duplicated: false, corrupted: false)
        }
        if let arrival = fate.arrival, phase.effective.path.slots != nil { slots.add(arrival) }
    }

    private mutating func addDelivered(_ passage: Passage, arrival: Timestamp, isBeside: Bool) {
        let predicted = isBeside ? .zero : takePath(passage, arrival: arrival)
        // What came before the phase met another queue.
        guard passage.fate.sent >= phase.from else { return }
        let wait = arrival - passage.fate.sent - predicted
        longestWait = max(longestWait, wait)
        if !phase.effective.pathVaries, phase.effective.path.slots == nil { waits.add(wait) }
    }

    /// The delay that the path should have given it.
    private mutating func takePath(_ passage: Passage, arrival: Timestamp) -> TimeSpan {
        let measured = arrival - passage.departure
        let predicted: TimeSpan
        if phase.effective.pathVaries {
            predicted = phase.effective.delay
            envelope?.add(passage, arrival: arrival)
        } else {
            predicted = path.next(passage.fate.size, entering: passage.departure).delay
        }
        pathDelay.add(measured)
        errorAll.add(measured - predicted)
        if passage.waitedForNone { errorAlone.add(measured - predicted) }
        return predicted
    }

    /// Whether it stayed longer in the bottleneck than the way in takes.
    private func hadToWait(_ passage: Passage) -> Bool { passage.waited > .microseconds(2) }
}
