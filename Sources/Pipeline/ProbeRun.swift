internal import Lab
internal import LabModel
internal import LinuxKit
internal import Probe

/// The probes of a plan in its lab: throughput tests before the stream, one after another, latency beside it, and flows
/// that compete with it.
struct ProbeRun {
    private let plan: Plan
    private let lab: Lab
    private let engine: EngineKind
    private let events: EventStream
    private let stop: StopRequest

    init(plan: Plan, lab: Lab, engine: EngineKind, events: EventStream, stop: StopRequest) {
        self.plan = plan
        self.lab = lab
        self.engine = engine
        self.events = events
        self.stop = stop
    }

    /// The media's whole way, or the part of it that a flow takes.
    private func path(_ rivalry: ProbePlan.Rivalry = .init()) -> ProbePath {
        let hops = rivalry.hop.map { lab.hops[($0 - 1)...($0 - 1)] } ?? lab.hops[...]
        var ends = [hops[hops.startIndex].sender, hops[hops.endIndex - 1].receiver]
        if rivalry.direction == .uplink { ends.reverse() }
        return ProbePath(
            sender: ends[0].namespace, receiver: ends[1].namespace, senderAddress: ends[0].address,
            receiverAddress: ends[1].address, ip: plan.ip, mtu: plan.mtu,
            rate: plan.rate(of: rivalry.direction, atHop: rivalry.hop), isVirtualTime: engine == .virtual)
    }

    /// Runs the tests that come before the stream.
    func throughput() -> [ProbeResult] {
        var results: [ProbeResult] = []
        for probe in plan.probes {
            guard case .throughput(let test) = probe, test.rivalry == nil, !stop.isRequested else { continue }
            if results.isEmpty { events.enter(.probe) }
            let stop = stop
            let result = ThroughputProbe(test, over: path()).run(shouldStop: { stop.isRequested })
            if let failure = result.failure { events.emit(.warning, failure) }
            results.append(result)
        }
        return results
    }

    /// Starts those that compete with the stream, each to begin at its time.
    func startRivals(_ clock: StreamClock) throws -> [RivalFlow] {
        try plan.probes.enumerated().compactMap { index, probe in
            guard case .throughput(let flow) = probe, let rivalry = flow.rivalry else { return nil }
            var path = path(rivalry)
            path.portOffset = ProbePort.offset(ofRival: index + 1)
            return try RivalFlow.start(flow, over: path, at: clock.deadline(rivalry.at))
        }
    }

    /// Starts those that look on beside the stream.
    func startLatency() throws -> [LatencyProbe] {
        try plan.probes.compactMap { probe in
            guard case .latency(let interval) = probe else { return nil }
            return try LatencyProbe.start(interval: interval, over: path())
        }
    }
}
