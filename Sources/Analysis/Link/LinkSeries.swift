internal import LabModel

/// One direction of the link over time.
struct LinkSeries {
    private let bins: TimeBins
    private var arrivedBytes: [Int64]
    private var sent: [Int64]
    private var lost: [Int64]
    private var median: [Double?]
    private var low: [Double?]
    private var high: [Double?]
    /// The delays of the bin that packets are being sent in, and which bin that is.
    private var delays: [TimeSpan] = []
    private var bin: Int?

    init(bins: TimeBins) {
        self.bins = bins
        arrivedBytes = Array(repeating: 0, count: bins.count)
        sent = arrivedBytes
        lost = arrivedBytes
        median = Array(repeating: nil, count: bins.count)
        low = median
        high = median
    }

    /// Adds a packet, in the order of sending.
    mutating func add(_ fate: PacketFate) {
        if let arrival = fate.arrival, let index = bins.index(of: arrival) { arrivedBytes[index] += Int64(fate.size) }
        guard let index = bins.index(of: fate.sent) else { return }
        if index != bin {
            closeBin()
            bin = index
        }
        sent[index] += 1
        if let arrival = fate.arrival { delays.append(arrival - fate.sent) } else { lost[index] += 1 }
    }

    mutating func finish() {
        closeBin()
    }

    private mutating func closeBin() {
        guard let bin, !delays.isEmpty else { return }
        delays.sort()
        let last = Double(delays.count - 1)
        median[bin] = delays[Int(last * 0.5)].seconds
        low[bin] = delays[Int(last * 0.05)].seconds
        high[bin] = delays[Int((last * 0.95).rounded(.up))].seconds
        delays.removeAll(keepingCapacity: true)
    }

    /// The series that packets show, and what was asked beside them.
    func series(_ direction: Direction, phases: [LinkPhase]) -> [Series] {
        let active = sent.indices.filter { sent[$0] > 0 || arrivedBytes[$0] > 0 }
        guard let first = active.first, let last = active.last else { return [] }
        let rates = arrivedBytes.indices.map { index -> Double? in
            (first...last).contains(index) ? Double(arrivedBytes[index]) * 8 / bins.width.seconds : nil
        }
        let losses = sent.indices.map { sent[$0] > 0 ? Double(lost[$0]) / Double(sent[$0]) : nil }
        let asked = sent.indices.map { index in
            (first...last).contains(index) ? phases.last { $0.from <= bins.moment(of: index) } : nil
        }
        let schedule = RateSchedule(asked: phases)
        let rateAsked = asked.enumerated().map { index, phase -> Double? in
            guard let phase, let rate = phase.asked.rate else { return nil }
            guard phase.course != nil else { return Double(rate.bitsPerSecond) }
            let start = bins.moment(of: index)
            let mean = schedule.bits(from: start, to: start + bins.width) / bins.width.seconds
            return mean.isFinite ? mean : nil
        }
        return [
            bins.series(Series.Name.rate(direction), .rate, rates),
            bins.series(Series.Name.rateAsked(direction), .rate, rateAsked),
            bins.series(Series.Name.delay(direction), .time, median),
            bins.series(Series.Name.delayLow(direction), .time, low),
            bins.series(Series.Name.delayHigh(direction), .time, high),
            bins.series(Series.Name.delayAsked(direction), .time, asked.map { $0?.asked.delay.seconds }),
            bins.series(Series.Name.loss(direction), .ratio, losses),
        ].compactMap(\.self)
    }
}
