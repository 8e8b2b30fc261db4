internal import Lab
internal import LabModel
internal import LinuxKit
internal import Probe

/// The probes of a plan in its lab: throughput tests before the stream, one after another, and latency beside it.
struct ProbeRun {
    let plan: Plan
    let path: ProbePath
    let events: EventStream
    let stop: StopRequest

    init(plan: Plan, lab: Lab, engine: EngineKind, events: EventStream, stop: StopRequest) {
        self.plan = plan
        self.events = events
        self.stop = stop
        path = ProbePath(
            sender: lab.sender.namespace, receiver: lab.receiver.namespace, senderAddress: lab.sender.address.ipv4,
            receiverAddress: lab.receiver.address.ipv4, rate: plan.impairment(of: .downlink).rate,
            isVirtualTime: engine == .virtual)
    }

    /// Runs the tests that come before the stream.
    func throughput() -> [ProbeResult] {
        var results: [ProbeResult] = []
        for probe in plan.probes {
            guard case .throughput(let test) = probe, !stop.isRequested else { continue }
            if results.isEmpty { events.enter(.probe) }
            let stop = stop
            let result = ThroughputProbe(test, over: path).run(shouldStop: { stop.isRequested })
            if let failure = result.failure { events.emit(.warning, failure) }
            results.append(result)
        }
        return results
    }

    /// Starts those that go on beside the stream.
    func startLatency() throws -> [LatencyProbe] {
        try plan.probes.compactMap { probe in
            guard case .latency(let interval) = probe else { return nil }
            return try LatencyProbe.start(interval: interval, over: path)
        }
    }
}
