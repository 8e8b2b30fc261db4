internal import LabModel

/// The clock references of one PID: how they come, and what they say.
struct ClockWatch {
    private struct Reference {
        var arrival: Timestamp
        /// Ticks of 27 MHz since the first, without wrap.
        var ticks: Int64
        /// Where it lies in the stream, in bytes since the first packet.
        var position: Int64
    }

    /// From one reference to the next, nothing missing between.
    private struct Step {
        var end: Timestamp
        var ticks: Int64
        var bytes: Int64
    }

    let pid: UInt16
    private(set) var count: Int64 = 0
    private var last: Reference?
    private var lastRaw: Int64 = 0
    private var run: [Reference] = []
    private var longestRun: [Reference] = []
    private var steps: [Step] = []
    /// A packet was missing since the last reference.
    private var isBroken = false

    private static let frequency = 27_000_000.0
    private static let wrap = Int64(1) << 33 * 300
    /// TR 101 290 V1.2.1 table 5.2.2, 2.3a, 2.3b and 2.4.
    private static let longestGap = TimeSpan.milliseconds(40)
    private static let longestStep: Int64 = 2_700_000
    private static let accuracy = 500e-9
    /// More references than an hour has are not kept.
    private static let most = 200_000

    init(pid: UInt16) {
        self.pid = pid
    }

    mutating func interrupt() {
        isBroken = true
    }

    /// Adds the reference of a packet.
    ///
    /// - Parameter position: where the byte lies that the reference is for.
    mutating func add(
        _ raw: Int64, of packet: TransportPacket, at time: Timestamp, position: Int64, _ log: inout IndicatorLog
    ) {
        count += 1
        defer { (lastRaw, isBroken) = (raw, false) }
        guard let before = last, !packet.isDiscontinuous else { return begin(at: time, position) }
        if time - before.arrival > Self.longestGap { log.note(.pcrRepetition, at: time) }
        let step = (raw - lastRaw + Self.wrap) % Self.wrap
        guard step <= Self.longestStep else {
            log.note(.pcrDiscontinuity, at: time)
            // After a gap the clock still is the same one where it went on as long as the time did.
            let elapsed = (time - before.arrival).seconds
            guard abs(Double(step) / Self.frequency - elapsed) < 0.1 * elapsed else { return begin(at: time, position) }
            return extend(Reference(arrival: time, ticks: before.ticks + step, position: position))
        }
        if !isBroken, steps.count < Self.most {
            steps.append(Step(end: time, ticks: step, bytes: position - before.position))
        }
        extend(Reference(arrival: time, ticks: before.ticks + step, position: position))
    }

    private mutating func extend(_ reference: Reference) {
        last = reference
        if run.count < Self.most { run.append(reference) }
    }

    private mutating func begin(at time: Timestamp, _ position: Int64) {
        if run.count > longestRun.count { longestRun = run }
        let reference = Reference(arrival: time, ticks: 0, position: position)
        (last, run) = (reference, [reference])
    }

    /// What the references say; where the rate is constant, their accuracy is judged, and the clock has the rate.
    func finish(_ log: inout IndicatorLog) -> TransportStreamReport.Clock {
        var clock = TransportStreamReport.Clock(pid: Int(pid), references: count)
        let rate = constantRate
        clock.rate = rate.map { Rate(bitsPerSecond: Int64($0.rounded())) }
        addJitter(of: run.count > longestRun.count ? run : longestRun, to: &clock)
        guard let rate else { return clock }
        for step in steps where isInaccurate(step, rate: rate) { log.note(.pcrAccuracy, at: step.end) }
        return clock
    }

    /// Whether bytes and reference disagree, but for whole packets: null packets that are missing leave no other trace.
    private func isInaccurate(_ step: Step, rate: Double) -> Bool {
        let wait = Double(step.ticks) / Self.frequency - Double(step.bytes) * 8 / rate
        let packet = Double(TransportPacket.size) * 8 / rate
        let missing = max((wait / packet).rounded(), 0)
        return abs(wait - missing * packet) > Self.accuracy
    }

    /// Bits per second, where nineteen of twenty steps have it within half a percent.
    private var constantRate: Double? {
        let rates = steps.filter { $0.ticks > 0 }.map { Double($0.bytes) * 8 * Self.frequency / Double($0.ticks) }
        guard rates.count >= 10 else { return nil }
        let median = rates.sorted()[rates.count / 2]
        let near = zip(steps.filter { $0.ticks > 0 }, rates).filter { abs($1 / median - 1) < 0.005 }
        guard near.count * 20 >= rates.count * 19 else { return nil }
        let sum = near.reduce(into: (bytes: Int64(0), ticks: Int64(0))) {
            $0.bytes += $1.0.bytes
            $0.ticks += $1.0.ticks
        }
        return Double(sum.bytes) * 8 * Self.frequency / Double(sum.ticks)
    }

    /// Against the straight line of least squares through arrival and reference.
    private func addJitter(of run: [Reference], to clock: inout TransportStreamReport.Clock) {
        guard let line = Line(run.map { (Double($0.ticks) / Self.frequency, ($0.arrival - run[0].arrival).seconds) })
        else { return }
        clock.drift = 1 / line.slope - 1
        clock.jitter = Distribution(
            of: run.map { reference in
                let x = Double(reference.ticks) / Self.frequency
                return TimeSpan(seconds: (reference.arrival - run[0].arrival).seconds - line.value(at: x))
            })
    }
}
