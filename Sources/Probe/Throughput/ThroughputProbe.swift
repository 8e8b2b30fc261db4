package import LabModel
internal import LinuxKit

/// A throughput test: as much as goes through from the sender to the receiver, then a wait until the link is empty.
package struct ThroughputProbe: Sendable {
    private let plan: ProbePlan.Throughput
    private let path: ProbePath

    package init(_ plan: ProbePlan.Throughput, over path: ProbePath) {
        self.plan = plan
        self.path = path
    }

    /// Runs the test on this thread and one more. Never hangs: every wait is bounded, and what went wrong is the
    /// result's `failure`, beside what was measured until then.
    /// - Parameters:
    ///   - onInterval: gets each interval of 200 ms as it ends.
    ///   - shouldStop: asked ten times a second; true ends the test early.
    package func run(
        onInterval: (ProbeResult.Interval) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) -> ProbeResult {
        let now = Timestamp(nanoseconds: Clock.realtime())
        var result = ProbeResult(plan: .throughput(plan), started: now, ended: now)
        do {
            try measure(&result, shouldStop: shouldStop, onInterval: onInterval)
        } catch {
            result.failure = "\(error)"
        }
        result.ended = Timestamp(nanoseconds: Clock.realtime())
        return result
    }

    private func measure(
        _ result: inout ProbeResult, shouldStop: @escaping @Sendable () -> Bool,
        onInterval: (ProbeResult.Interval) -> Void
    ) throws {
        let traffic = try plan.open(over: path)
        let silence = try SilenceWatch(over: path)
        let counters = try InterfaceCounters(in: path.receiver)
        let window = TestWindow(start: Clock.monotonic(), duration: plan.duration)
        result.started = Timestamp(nanoseconds: Clock.realtime())
        let progress = SenderProgress()
        let sender = try Thread.run(named: "probe-sender") {
            progress.finish { try traffic.send(in: window, progress: progress, shouldStop: shouldStop) }
        }
        defer { sender.join() }
        var receiver = try ThroughputReceiver(
            traffic: traffic, window: window, progress: progress, counters: counters, silence: silence)
        defer { receiver.report(in: &result) }
        try receiver.receive { interval in
            result.intervals.append(interval)
            onInterval(interval)
        }
        try judge(traffic, progress: progress, wasStopped: shouldStop())
    }

    private func judge(_ traffic: any ThroughputTraffic, progress: SenderProgress, wasStopped: Bool) throws {
        if let failure = progress.state.failure { throw ProbeFailure("the sender failed: \(failure)") }
        if wasStopped { throw ProbeFailure("stopped before its end") }
        if traffic.received.payload.bytes == 0 { throw ProbeFailure("nothing arrived") }
        try traffic.check(progress.state)
    }
}
