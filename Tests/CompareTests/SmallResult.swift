import LabModel

/// A result with a player that stalled for half a second, and nothing that needs a long sample.
enum SmallResult {
    static func make(start: Int64 = 1_767_225_600_000_000_000, stall: Double = 0.5) -> RunResult {
        let start = Timestamp(nanoseconds: start)
        var run = RunRecord(
            engine: .virtual, engineReason: "asked for", kernel: "7.3", hostKernel: "6.1", outcome: .completed)
        run.streamStart = start
        run.streamEnd = start + .seconds(30)
        run.changes = [AppliedChange(asked: .seconds(1), tookEffect: start + .seconds(1), readbacks: [])]
        var probe = ProbeResult(plan: .latency(interval: .milliseconds(50)), started: start, ended: start + .seconds(1))
        probe.echoes = [.init(sent: start + .milliseconds(50), roundTrip: .milliseconds(40))]
        run.probes = [probe]
        run.workers = [WorkerExit(role: "sender", status: 0, cpu: .milliseconds(3), lastWords: "done")]
        var result = RunResult(netlabVersion: "1", plan: Plan(slug: "small", name: "Small"), run: run)
        var player = PlayerReport(policy: PlayerPolicy())
        player.startup = .milliseconds(250)
        player.stalls = [.init(start: .seconds(3), length: .seconds(stall))]
        result.player = player
        var stream = RTPStreamReport(ssrc: 1, source: "a", destination: "b", first: start)
        (stream.stream, stream.expected, stream.missing) = (.video, 1000, 10)
        var report = RTCPReport(time: start + .seconds(2), kind: .senderReport, from: 1)
        report.senderTime = start + .seconds(2)
        result.received = RTPReport(streams: [stream], reports: [report])
        return result
    }
}
