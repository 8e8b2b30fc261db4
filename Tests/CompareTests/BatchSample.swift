import LabModel

@testable import Compare

/// Results of runs that are told by a few words each.
enum BatchSample {
    /// What a viewer got of one run.
    struct Figures {
        var stalls: [Double] = []
        var lost: Int64 = 0
        var late: Int64 = 0
        var startup: Double? = 0.3
        var latency = 0.3
        var latencyHigh: Double?
        var bytes: Int64 = 1_000_000
        var sync: Double?
        /// After an outage from 3 s to 5 s; there is none where it is nil.
        var recovery: Double??
        var verdict = Verdict.pass
    }

    static func result(
        _ way: StreamProtocol, under condition: String?, _ figures: Figures = Figures(), repetition: Int? = nil,
        seed: UInt64 = 1
    ) -> RunResult {
        var result = SmallResult.make()
        var plan = Plan(slug: "sample", name: "Sample", seed: seed, duration: .seconds(10))
        plan.pipeline.protocol = way
        plan.variant = condition.map { [VariantSetting(setting: "condition", value: $0)] } ?? []
        plan.variant.append(VariantSetting(setting: "pipeline.protocol", value: way.rawValue))
        if let repetition { plan.variant.append(VariantSetting(setting: "repeat", value: "\(repetition)")) }
        if let condition, condition != "clean" {
            plan.link[.downlink] = Impairment(loss: .independent(Probability(clamping: 0.05)))
        }
        result.plan = plan
        var player = PlayerReport(policy: PlayerPolicy())
        player.startup = figures.startup.map { .seconds($0) }
        player.stalls = figures.stalls.enumerated().map {
            .init(start: .seconds(Double($0) * 3 + 1), length: .seconds($1))
        }
        (player.frames, player.dropped, player.late) = (250, figures.lost, figures.late)
        player.shown = figures.startup == nil ? 0 : 250 - figures.lost - figures.late
        if figures.startup != nil {
            player.liveLatency = distribution(figures.latency, figures.latencyHigh ?? figures.latency)
        }
        result.player = player
        var wire = WireReport(time: .seconds(10))
        wire.downlink.bytes = ByteCount(figures.bytes)
        result.wire = wire
        result.sync =
            figures.sync.map { sync in
                [
                    SyncReport(
                        method: .content, offset: distribution(sync, sync), magnitudeP95: .seconds(sync), outside: 0)
                ]
            } ?? []
        if let recovery = figures.recovery {
            let out = Impairment(loss: .independent(Probability(clamping: 1)))
            result.plan.timeline = [
                TimelineChange(at: .seconds(3), impairments: [.downlink: out]),
                TimelineChange(at: .seconds(5), impairments: [.downlink: .clean]),
            ]
            var outage = OutageReport(start: .seconds(3), end: .seconds(5), directions: [.downlink])
            outage.recovery = recovery.map { .seconds($0) }
            result.outages = [outage]
        }
        result.verdict = figures.verdict
        return result
    }

    private static func distribution(_ median: Double, _ high: Double) -> Distribution {
        Distribution(
            count: 250, minimum: .seconds(median), mean: .seconds(median), standardDeviation: .zero,
            p50: .seconds(median), p95: .seconds(high), p99: .seconds(high), maximum: .seconds(high))
    }

    /// All of them held against each other, as the runs of one matrix.
    static func batch(_ results: [RunResult]) -> BatchResult {
        var collector = BatchCollector()
        for result in results {
            collector.add(
                result, settings: [], report: nil,
                problem: result.verdict == .pass ? nil : "the capture dropped packets")
        }
        return collector.result(netlabVersion: "1", name: "Sample", isOneScenario: true)
    }
}
