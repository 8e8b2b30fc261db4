import LabModel
import Testing

@testable import Compare

@Suite struct BatchTests {
    private typealias Figures = BatchSample.Figures

    private func value(_ batch: BatchResult, _ contender: Int, _ metric: String, under condition: Int = 0) throws
        -> BatchValue
    {
        let index = try #require(batch.index(of: metric))
        return try #require(batch.cell(contender, condition)).values[index]
    }

    @Test func `contenders and conditions come in the order of the runs`() {
        let batch = BatchSample.batch([
            BatchSample.result(.udpTS, under: "lossy"), BatchSample.result(.rtp, under: "lossy"),
            BatchSample.result(.rtp, under: "clean"),
        ])
        #expect(batch.contenders == ["udp-ts", "rtp"])
        #expect(batch.conditions.map(\.name) == ["lossy", "clean"])
        #expect(batch.conditions.map(\.isClean) == [false, true])
        #expect(batch.cells.map(\.contender) == [0, 1, 1] && batch.cells.map(\.condition) == [0, 0, 1])
        #expect(batch.cell(0, 1) == nil)
    }

    @Test func `repetitions are one cell: the median, and from the least to the greatest`() throws {
        let batch = BatchSample.batch(
            [1.0, 4, 2].enumerated().map { index, stall in
                BatchSample.result(
                    .rtp, under: "lossy", Figures(stalls: [stall]), repetition: index + 1, seed: UInt64(index))
            })
        let stalled = try value(batch, 0, "player.stall.total")
        #expect((stalled.median, stalled.low, stalled.high, stalled.count) == (2, 1, 4, 3))
        #expect(batch.cells.count == 1 && batch.cells[0].runs.map(\.seed) == [0, 1, 2])
    }

    @Test func `an invalid run counts for nothing and is named`() throws {
        let batch = BatchSample.batch([
            BatchSample.result(.rtp, under: "lossy", Figures(stalls: [9], verdict: .invalid), repetition: 1),
            BatchSample.result(.rtp, under: "lossy", Figures(stalls: [1], verdict: .fail), repetition: 2),
            BatchSample.result(.udpTS, under: "lossy", Figures(stalls: [0.5], verdict: .invalid)),
        ])
        let stalled = try value(batch, 0, "player.stall.total")
        #expect(stalled.median == 1 && stalled.low == nil)
        #expect(batch.cells.map(\.verdict) == [.fail, .invalid])
        let none = try value(batch, 1, "player.stall.total")
        #expect(none.median == nil && none.absence == "the capture dropped packets")
        #expect(batch.warnings.count == 2)
        #expect(batch.warnings.last == "left out: udp-ts, lossy: invalid, the capture dropped packets")
        #expect(!batch.findings.contains { $0.sentence.contains("udp-ts") })
    }

    struct Best: CustomTestStringConvertible {
        var testDescription: String
        var metric: String
        /// Of each contender, its repetitions.
        var values: [[Double]]
        var best: [Bool]
    }

    @Test(arguments: [
        Best(
            testDescription: "the least", metric: "player.stall.total", values: [[1], [2], [3]],
            best: [true, false, false]),
        Best(
            testDescription: "none where all are alike", metric: "player.stall.total", values: [[1], [1.01], [1]],
            best: [false, false, false]),
        Best(
            testDescription: "all that cannot be told from it", metric: "player.latency.p50",
            values: [[0.3], [0.304], [0.4]], best: [true, true, false]),
        Best(
            testDescription: "none where repeats overlap", metric: "player.stall.total", values: [[1, 5], [2, 3]],
            best: [false, false]),
        Best(
            testDescription: "where repeats are apart", metric: "player.stall.total", values: [[1, 1.5], [2, 3]],
            best: [true, false]),
        Best(
            testDescription: "none where counts differ by chance", metric: "player.dropped", values: [[11], [15]],
            best: [false, false]),
        Best(
            testDescription: "where counts differ by more", metric: "player.dropped", values: [[11], [60]],
            best: [true, false]),
    ])
    func `best is`(given: Best) throws {
        let ways: [StreamProtocol] = [.rtp, .rtpTS, .udpTS]
        let results = zip(ways, given.values).flatMap { way, values in
            values.enumerated().map { index, value in
                var figures = Figures()
                switch given.metric {
                case "player.stall.total": figures.stalls = [value]
                case "player.dropped": figures.lost = Int64(value)
                default: figures.latency = value
                }
                return BatchSample.result(way, under: "lossy", figures, repetition: index + 1, seed: UInt64(index))
            }
        }
        let batch = BatchSample.batch(results)
        #expect(try given.values.indices.map { try value(batch, $0, given.metric).isBest } == given.best)
    }

    @Test func `what nothing measured is absent with its reason`() throws {
        var silent = BatchSample.result(.rtp, under: "lossy", Figures(startup: nil))
        silent.plan.pipeline.media = .generated(video: VideoPlan(), audio: nil)
        let batch = BatchSample.batch([silent])
        #expect(try value(batch, 0, "player.startup").absence == "no frame was ever shown")
        #expect(try value(batch, 0, "avsync.p95").absence == "the media has no sound")
    }

    @Test func `a picture has no more points than it shows, and keeps the values`() throws {
        var result = BatchSample.result(.rtp, under: "clean")
        let times = (0..<1000).map { Double($0) / 100 }
        result.series = [
            Series(name: Series.Name.latency, quantity: .time, times: times, values: times.map { $0 < 5 ? 0.2 : nil })
        ]
        let timeline = try #require(BatchSample.batch([result]).cells[0].timeline)
        #expect(timeline.times.count == 120 && timeline.latency.count == 120 && timeline.rate.isEmpty)
        #expect(
            timeline.latency.prefix(60).allSatisfy { $0 == 0.2 } && timeline.latency.suffix(58).allSatisfy { $0 == nil }
        )
    }

    @Test func `an outage is seen in the timeline`() {
        var plan = Plan(slug: "s", name: "S", duration: .seconds(10))
        let out = Impairment(loss: .independent(Probability(clamping: 1)))
        plan.timeline = [
            TimelineChange(at: .seconds(3), impairments: [.downlink: out]),
            TimelineChange(at: .seconds(4), impairments: [.uplink: .clean]),
            TimelineChange(at: .seconds(5), impairments: [.downlink: .clean]),
        ]
        #expect(BatchCondition(of: plan).outages == [BatchStretch(from: .seconds(3), to: .seconds(5))])
        #expect(!BatchCondition(of: plan).isClean)
        #expect(BatchCondition(of: Plan(slug: "s", name: "S")).isClean)
    }
}
