import LabModel

/// A full result as a run of `10mbit` with a narrow middle would leave it, made from a small model of that run.
enum SampleResult {
    static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

    static func make(_ verdict: Verdict = .fail, engine: EngineKind = .embedded, name: String = "10 Mbit/s DSL")
        -> RunResult
    {
        var result = RunResult(netlabVersion: "0.1.0", plan: plan(name: name), run: run(engine))
        result.links = [downlink, uplink]
        result.proofs = proofs
        result.received = RTPReport(streams: [video, audio], reports: [], frames: 9104, others: 12)
        result.sent = RTPReport(streams: [], reports: receiverReports, frames: 9121, others: 12)
        result.media = media
        result.player = player
        result.sync = sync
        result.tcp = tcp
        (result.wire, result.outages, result.absences) = (wire, outages, absences)
        result.rtmp = RTMPReport(received: ByteCount(10_012_000), sent: ByteCount(10_034_000), dropped: 12)
        result.transportStreams = transportStreams
        result.http = http
        (result.repair, result.srt, result.rist) = (repair, srt, rist)
        result.series = SampleSeries.all
        result.validity = validity(verdict)
        result.expectations = expectations(verdict)
        result.changes = [
            ChangeReport(
                direction: .downlink, text: "rate 2 Mbit/s", asked: .seconds(10), tookEffect: .seconds(10.0002),
                seen: .seconds(10.0061)),
            ChangeReport(
                direction: .downlink, text: "rate 10 Mbit/s", asked: .seconds(20), tookEffect: .seconds(20.0002)),
        ]
        result.verdict = verdict
        if verdict == .unsupported { result.run.outcome = .unsupported(reason: "kernel 6.1 has no sch_netem") }
        return result
    }

    private static func plan(name: String) -> Plan {
        var plan = Plan(slug: "10mbit", name: name, seed: 7, duration: .seconds(30))
        plan.description = "Live 720p at 2.5 Mbit/s over a DSL-like link that dips to 2 Mbit/s."
        let loss = LossModel.independent(Probability(clamping: 0.001))
        let wide = Impairment(
            rate: Rate(bitsPerSecond: 10_000_000), delay: .milliseconds(20), jitter: .milliseconds(2), loss: loss)
        var narrow = wide
        narrow.rate = Rate(bitsPerSecond: 2_000_000)
        plan.link = [
            .downlink: wide, .uplink: Impairment(rate: Rate(bitsPerSecond: 1_000_000), delay: .milliseconds(20)),
        ]
        plan.timeline = [
            TimelineChange(at: .seconds(10), impairments: [.downlink: narrow]),
            TimelineChange(at: .seconds(20), impairments: [.downlink: wide]),
        ]
        plan.probes = [
            .throughput(.init(transport: .tcp, duration: .seconds(5))), .latency(interval: .milliseconds(50)),
        ]
        plan.expectations = limits.map(\.0)
        return plan
    }

    private static let limits: [(Expectation, Double?)] = [
        (
            Expectation(
                metric: "rtp.video.loss", comparison: .lessOrEqual, limit: 0.01, text: "rtp.video.loss <= 1%"), 0.0842
        ),
        (
            Expectation(
                metric: "player.stall.total", comparison: .less, limit: 0.5, text: "player.stall.total < 500ms"), 1.93
        ),
        (Expectation(metric: "avsync.p95", comparison: .less, limit: 0.08, text: "avsync.p95 < 80ms"), 0.031),
    ]

    private static func expectations(_ verdict: Verdict) -> [ExpectationResult] {
        limits.map { expectation, measured in
            let passed = verdict == .pass || (measured ?? 1) <= expectation.limit
            return ExpectationResult(
                expectation: expectation, measured: verdict == .pass ? expectation.limit / 3 : measured, passed: passed)
        }
    }

    private static func validity(_ verdict: Verdict) -> [ValidityCheck] {
        let dropped = verdict == .invalid
        return [
            ValidityCheck(
                name: "capture.drops", passed: !dropped,
                finding: dropped
                    ? "the receiver's capture dropped 214 of 9318 packets" : "no capture dropped a packet"),
            ValidityCheck(name: "send.lateness", passed: true, finding: "99 % of the packets left within 0.4 ms"),
            ValidityCheck(
                name: "link.downlink.rate", passed: true,
                finding: "9.98 Mbit/s of 10.00 Mbit/s asked, and 2.00 Mbit/s of 2.00 Mbit/s"),
            ValidityCheck(name: "timeline", passed: true, finding: "both changes took effect within 1.2 ms"),
        ]
    }

    private static func run(_ engine: EngineKind) -> RunRecord {
        var run = RunRecord(
            engine: engine, engineReason: "the host's kernel has no netem", kernel: "7.3.4",
            hostKernel: "6.1.0-31-amd64", outcome: .completed)
        run.streamStart = start
        run.streamEnd = start + .seconds(30)
        run.senderAddress = "10.77.0.1"
        run.receiverAddress = "10.77.0.2"
        run.congestionControl = "cubic"
        run.mtu = ByteCount(1500)
        run.readbacks = [readback(.downlink), readback(.uplink)]
        run.finalReadbacks = run.readbacks
        run.changes = [10, 20].map {
            AppliedChange(
                asked: .seconds($0), tookEffect: start + .seconds($0 + 0.0012), readbacks: [readback(.downlink)])
        }
        run.probes = [throughput, latency]
        run.captures = [
            CaptureFacts(
                point: .sender, file: "captures/sender.pcap", packets: 9318, droppedByKernel: 0, droppedByInterface: 0),
            CaptureFacts(
                point: .receiver, file: "captures/receiver.pcap", packets: 9104, droppedByKernel: 0,
                droppedByInterface: 0),
        ]
        run.workers = [
            WorkerExit(role: "sender", status: 0, cpu: .milliseconds(412)),
            WorkerExit(role: "receiver", status: 0, cpu: .milliseconds(655), lastWords: "closed"),
        ]
        run.harness = harness
        run.warnings = ["the host's processor was 71 % busy"]
        return run
    }

    private static var harness: HarnessFacts {
        var harness = HarnessFacts()
        harness.sendLateness = distribution(0.00009, 0.0004, 0.0011)
        harness.steal = Probability(0.002)
        harness.busy = Probability(0.71)
        harness.clockStep = .microseconds(12)
        harness.started = start
        harness.wallTime = .seconds(37.4)
        harness.labTime = .seconds(36.9)
        harness.neighbours = 0
        harness.earlierTry = EarlierTry(folder: "2026-01-31T115900Z", neighbours: 1, findings: ["17 % of packets late"])
        return harness
    }

    static func distribution(_ median: Double, _ p95: Double, _ most: Double) -> Distribution {
        Distribution(
            count: 9104, minimum: .seconds(median * 0.9), mean: .seconds(median * 1.1),
            standardDeviation: .seconds(median * 0.2), p50: .seconds(median), p95: .seconds(p95),
            p99: .seconds((p95 + most) / 2), maximum: .seconds(most))
    }
}
