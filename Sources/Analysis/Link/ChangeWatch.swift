internal import LabModel

/// Looks for the first packet after each change that shows it.
struct ChangeWatch {
    private let phases: [LinkPhase]
    /// The phases that begin with a change that is no step of a course.
    private let changes: [Int]
    /// Of each of `changes`, when that packet came, or, of one that was lost, should have left the bottleneck.
    private var seen: [Timestamp?]
    /// Which of `changes` is looked for: the latest that packets have met.
    private var current: Int?
    private var last: (phase: Int, arrival: Timestamp, size: Int)?

    /// Less could be chance.
    private static let leastDelay = TimeSpan.milliseconds(1)
    private static let leastRatio = 1.1

    init(phases: [LinkPhase]) {
        self.phases = phases
        changes = phases.indices.dropFirst().filter { !phases[$0].isStep }
        seen = Array(repeating: nil, count: changes.count)
    }

    /// Adds the next packet in the order of leaving the bottleneck.
    mutating func add(_ passage: Passage) {
        guard passage.outcome != .queueDrop else { return }
        // What is done to the path shows in the packets that take it.
        guard passage.outcome != .listed, !phases[passage.phase].isBeside(passage.fate) else { return last = nil }
        while let next = changes[((current ?? -1) + 1)...].first, next <= passage.phase {
            current = (current ?? -1) + 1
        }
        if let current, seen[current] == nil { seen[current] = evidence(passage, of: changes[current]) }
        last = passage.fate.arrival.map { (phase: passage.phase, arrival: $0, size: passage.fate.size) }
    }

    /// - Parameter change: the phase that begins with it; the packet may have met a later step of a course.
    private func evidence(_ passage: Passage, of change: Int) -> Timestamp? {
        let (before, now) = (phases[change - 1].effective, phases[change].effective)
        guard let arrival = passage.fate.arrival else {
            return now.passesNothing && !before.passesNothing ? passage.departure : nil
        }
        if before.passesNothing { return now.passesNothing ? nil : arrival }
        guard !before.pathVaries, !now.pathVaries else { return nil }
        if (now.delay - before.delay).magnitude >= Self.leastDelay {
            guard phases[passage.phase].effective.delay == now.delay else { return nil }
            let delay = arrival - passage.departure
            return (delay - now.delay).magnitude < (delay - before.delay).magnitude ? arrival : nil
        }
        return passage.phase == change && showsRate(passage, arrival, before, now) ? arrival : nil
    }

    /// By the time between two packets that followed each other without a break.
    private func showsRate(_ passage: Passage, _ arrival: Timestamp, _ before: Impairment, _ now: Impairment) -> Bool {
        guard let old = before.rate, let new = now.rate, let last, last.phase == passage.phase,
            passage.waited > .milliseconds(1),
            Double(max(old, new).bitsPerSecond) > Double(min(old, new).bitsPerSecond) * Self.leastRatio
        else { return false }
        let size = ByteCount(Int64(now.waitsAfterPacket ? last.size : passage.fate.size))
        guard let slow = old.time(for: size), let fast = new.time(for: size) else { return false }
        let gap = arrival - last.arrival
        return (gap - fast).magnitude < (gap - slow).magnitude
    }

    /// The changes of `direction` that are no steps, in the order of time.
    func reports(_ direction: Direction, run: RunRecord, origin: Timestamp) -> [ChangeReport] {
        zip(changes, seen).compactMap { index, seen in
            let text = phases[index].asked.changes(from: phases[index - 1].asked)
            guard !text.isEmpty, let change = run.changes.first(where: { $0.tookEffect == phases[index].from })
            else { return nil }
            return ChangeReport(
                direction: direction, text: text, asked: change.asked, tookEffect: change.tookEffect - origin,
                seen: seen.map { $0 - origin })
        }
    }
}

extension Impairment {
    fileprivate var passesNothing: Bool { lossOnTheWay.meanLoss.value >= 1 }

    /// Whether the shaper lets a packet go and then waits for as long as it takes, as htb and cake do; tbf waits first.
    var waitsAfterPacket: Bool { queue.shapes || shaper == .htb }
}
