internal import LabModel

/// One direction of the link, from the fates of its packets in the order of sending.
struct LinkTruth {
    let direction: Direction
    private(set) var report: LinkReport
    private(set) var phases: [PhaseTruth]
    private(set) var series: LinkSeries
    /// Of all packets between the two captures, those that never came, and those that came marked.
    private(set) var missing: Int64 = 0
    private(set) var marked: Int64 = 0

    private let stream: Range<Timestamp>
    private var model: BottleneckModel
    private var delay = Histogram()
    private var error = Histogram()
    private var losses = 0
    private var passages: [Passage] = []

    private static let longestRun = 65536

    /// - Parameters:
    ///   - phases: at least one.
    ///   - stream: when the stream ran.
    init(direction: Direction, phases: [LinkPhase], stream: Range<Timestamp>, bins: TimeBins) {
        self.direction = direction
        self.stream = stream
        self.phases = phases.map(PhaseTruth.init)
        report = LinkReport(direction: direction)
        model = BottleneckModel(phases: phases)
        series = LinkSeries(bins: bins)
    }

    mutating func add(_ fate: PacketFate) {
        series.add(fate)
        if fate.arrival == nil { missing += 1 }
        if fate.marked { marked += 1 }
        if stream.contains(fate.sent) { count(fate) }
        model.add(fate, into: &passages)
        takePassages()
    }

    /// Ends all that is still open.
    mutating func finish() {
        model.finish(into: &passages)
        takePassages()
        for index in phases.indices { phases[index].finish() }
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
        for passage in passages {
            phases[passage.phase].add(passage)
            note(passage)
        }
        passages.removeAll(keepingCapacity: true)
    }

    /// The error of the model for packets of the stream.
    private mutating func note(_ passage: Passage) {
        // Where flows take turns, no single packet's time is known.
        guard phases[passage.phase].phase.effective.queue.keepsOrder else { return }
        guard stream.contains(passage.fate.sent), let arrival = passage.fate.arrival else { return }
        error.add(arrival - passage.departure - phases[passage.phase].phase.effective.delay)
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
