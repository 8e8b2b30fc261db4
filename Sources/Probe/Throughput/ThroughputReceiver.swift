internal import LabModel
internal import LinuxKit

/// The receiving half of a throughput test: takes what comes, samples the counters ten times a second, and goes on until
/// the link is silent.
struct ThroughputReceiver {
    /// How long the link may take to fall silent after the sender's end.
    private static let drainLimit: Int64 = 30_000_000_000

    private let traffic: any ThroughputTraffic
    private let window: TestWindow
    private let progress: SenderProgress
    private let counters: InterfaceCounters
    private let base: Int64
    private var silence: SilenceWatch
    private var samples = TrafficSamples()
    private var intervals = IntervalCutter()
    private var nextSample: Int64

    init(
        traffic: any ThroughputTraffic, window: TestWindow, progress: SenderProgress, counters: InterfaceCounters,
        silence: SilenceWatch
    ) throws {
        self.traffic = traffic
        self.window = window
        self.progress = progress
        self.counters = counters
        self.silence = silence
        base = try counters.received().bytes
        nextSample = window.start
    }

    /// Receives until the sender has ended and the link is silent.
    mutating func receive(onInterval: (ProbeResult.Interval) -> Void) throws {
        while true {
            let now = Clock.monotonic()
            if now >= nextSample {
                nextSample += TestWindow.step * ((now - nextSample) / TestWindow.step + 1)
                try sample(onInterval)
                if progress.state.hasEnded, try silence.isSilent(at: now) { return }
                if now > window.end + Self.drainLimit {
                    throw ProbeFailure("the link did not fall silent within 30 s after the test")
                }
            }
            try traffic.receive(untilMonotonic: nextSample)
        }
    }

    /// Writes the rates and the transport's figures.
    func report(in result: inout ProbeResult) {
        if let rates = samples.steadyRates(of: window.duration) {
            result.ethernetRate = rates.ethernet
            result.payloadRate = rates.payload
        }
        traffic.report(progress.state, in: &result)
    }

    private mutating func sample(_ onInterval: (ProbeResult.Interval) -> Void) throws {
        let ethernet = try counters.received().bytes - base
        let elapsed = window.elapsed(at: Clock.monotonic())
        let received = traffic.received
        samples.append(.init(time: elapsed, ethernet: ByteCount(ethernet), payload: received.payload))
        if elapsed.nanoseconds > window.duration.nanoseconds + TestWindow.step { return }
        if let interval = intervals.cut(at: elapsed, received: received, facts: progress.state.facts) {
            onInterval(interval)
        }
    }
}
