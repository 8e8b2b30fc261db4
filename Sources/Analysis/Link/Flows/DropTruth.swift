internal import LabModel

/// What drop lists take, told from what else is missing behind the bottleneck, for packets in the order of their
/// leaving it.
struct DropTruth {
    /// Listed by their places.
    private(set) var lost: Set<StreamPlace> = []
    private(set) var came: Set<StreamPlace> = []
    /// Those whose turn it was by their number.
    private(set) var countedLost: Int64 = 0
    private(set) var countedCame: Int64 = 0
    /// Packets that came to the path and that its match is for.
    private(set) var matched: Int64 = 0
    private(set) var queueDrops: Int64 = 0

    private let phases: [LinkPhase]
    private var phase = 0
    /// Packets that were counted; `nil` until the next that is missing says where the count is.
    private var count: Int? = 0

    /// A change takes a moment.
    private static let moment = TimeSpan.milliseconds(100)

    init(_ phases: [LinkPhase]) {
        self.phases = phases
    }

    mutating func take(_ passage: inout Passage) {
        enter(passage.phase)
        let current = phases[phase]
        let isMissing = passage.fate.arrival == nil
        if let place = passage.fate.traits.place, current.lists(passage.fate) {
            if isMissing {
                lost.insert(place)
                passage.outcome = .listed
            } else {
                came.insert(place)
            }
        }
        // Without a carrier nothing comes as far as the path.
        guard current.asked.carrier == .up else { return }
        if let every = current.asked.drop?.every, current.counts(passage.fate) {
            if isMissing { miss(&passage, every.count) } else { pass(passage, every.count) }
        }
        switch passage.outcome {
        case .queueDrop: queueDrops += 1
        case .pathLoss, .delivered: if current.matchBit != 0, !current.isBeside(passage.fate) { matched += 1 }
        case .listed: break
        }
    }

    private mutating func miss(_ passage: inout Passage, _ every: Int) {
        if let count {
            if (count + 1) % every == 0 {
                countLost(&passage, count + 1)
            } else if passage.outcome == .pathLoss {
                self.count = count + 1
            }
        } else if passage.outcome == .pathLoss, phases[phase].effective.loss == .none {
            countLost(&passage, 0)
        }
    }

    private mutating func countLost(_ passage: inout Passage, _ number: Int) {
        passage.outcome = .listed
        countedLost += 1
        count = number
    }

    private mutating func pass(_ passage: Passage, _ every: Int) {
        guard let count else { return }
        self.count = count + 1
        guard (count + 1) % every == 0, phase == 0 || passage.departure >= phases[phase].from + Self.moment else {
            return
        }
        countedCame += 1
        if every > 1 { self.count = nil }
    }

    /// A changed filter counts from the beginning, at a packet that only the kernel knows.
    private mutating func enter(_ next: Int) {
        guard next > phase else { return }
        let (old, new) = (phases[phase].asked.drop?.every, phases[next].asked.drop?.every)
        phase = next
        if old != new { count = new?.count == 1 ? 0 : nil }
    }
}

/// Packets that pass the path at once, because the match is for others.
struct BesideTruth {
    private(set) var passed: Int64 = 0
    private(set) var lost: Int64 = 0
    private(set) var reordered: Int64 = 0
    /// The time from the bottleneck to the end: of packets that did not wait for others, and of all.
    private(set) var alone = Histogram()
    private(set) var all = Histogram()

    mutating func add(_ passage: Passage) {
        passed += 1
        if passage.fate.reordered { reordered += 1 }
        guard let arrival = passage.fate.arrival else {
            lost += 1
            return
        }
        all.add(arrival - passage.departure)
        if passage.waitedForNone { alone.add(arrival - passage.departure) }
    }
}
