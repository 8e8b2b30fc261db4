package import LabModel
internal import LinuxKit
internal import Synchronization

/// A throughput flow beside the stream: it takes the link from the media, as far as its transport does.
package final class RivalFlow: Sendable {
    /// How long what is under way may take to come after the sender's end.
    private static let drain: Int64 = 2_000_000_000

    private struct Stage {
        var isStopped = false
        var result: ProbeResult
    }

    private let plan: ProbePlan.Throughput
    private let path: ProbePath
    private let stage: Condition<Stage>
    private let thread = Mutex<Thread?>(nil)

    /// Waits for its time on a thread of its own.
    /// - Parameters:
    ///   - path: with ports that no other flow has.
    ///   - begin: when it starts, on the monotonic clock (ns).
    package static func start(
        _ plan: ProbePlan.Throughput, over path: ProbePath, at begin: Int64
    ) throws -> RivalFlow {
        let flow = RivalFlow(plan, path)
        let thread = try Thread.run(named: "rival-flow") { flow.run(at: begin) }
        flow.thread.withLock { $0 = thread }
        return flow
    }

    /// Sends no more, and waits for what is under way; what it measured.
    package func stop() -> ProbeResult {
        stage.change { $0.isStopped = true }
        thread.withLock { $0?.join() }
        return stage.look { $0.result }
    }

    private init(_ plan: ProbePlan.Throughput, _ path: ProbePath) {
        self.plan = plan
        self.path = path
        let now = Timestamp(nanoseconds: Clock.realtime())
        stage = Condition(Stage(result: ProbeResult(plan: .throughput(plan), started: now, ended: now)))
    }

    private var isStopped: Bool { stage.look(\.isStopped) }

    private func run(at begin: Int64) {
        if stage.wait(untilMonotonic: begin, { $0.isStopped ? true : nil }) == true { return }
        var result = stage.look { $0.result }
        result.started = Timestamp(nanoseconds: Clock.realtime())
        do {
            try measure(&result)
        } catch {
            result.failure = "\(error)"
        }
        result.ended = Timestamp(nanoseconds: Clock.realtime())
        let done = result
        stage.change { $0.result = done }
    }

    private func measure(_ result: inout ProbeResult) throws {
        let traffic = try plan.open(over: path)
        let window = TestWindow(start: Clock.monotonic(), duration: plan.duration)
        let progress = SenderProgress()
        let sender = try Thread.run(named: "rival-sender") {
            progress.finish { try traffic.send(in: window, progress: progress, shouldStop: { self.isStopped }) }
        }
        defer { sender.join() }
        var intervals = IntervalCutter()
        var nextSample = window.start
        var end = Int64.max
        while Clock.monotonic() < end {
            let now = Clock.monotonic()
            if now >= nextSample {
                nextSample += TestWindow.step * ((now - nextSample) / TestWindow.step + 1)
                let state = progress.state
                if let interval = intervals.cut(
                    at: window.elapsed(at: now), received: traffic.received, facts: state.facts)
                {
                    result.intervals.append(interval)
                }
                if state.hasEnded { end = min(end, now + Self.drain) }
            }
            try traffic.receive(untilMonotonic: min(nextSample, end))
        }
        report(traffic, progress.state, window, &result)
    }

    private func report(
        _ traffic: any ThroughputTraffic, _ sender: SenderProgress.State, _ window: TestWindow,
        _ result: inout ProbeResult
    ) {
        let length = min(window.duration, window.elapsed(at: Clock.monotonic()))
        if length > .zero {
            let bits = Double(traffic.received.payload.bytes) * 8
            result.payloadRate = Rate(bitsPerSecond: Int64((bits / length.seconds).rounded()))
        }
        traffic.report(sender, in: &result)
        result.failure = sender.failure.map { "the sender failed: \($0)" }
    }
}
