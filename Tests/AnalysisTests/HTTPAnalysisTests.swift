import LabModel
import Testing

@testable import Analysis

/// What the HTTP client wrote down, held against a link whose rate is known.
@Suite struct HTTPAnalysisTests {
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    /// 4 Mbit/s, and 2 from second 10 on.
    private static func inputs() -> RunInputs {
        let rate = { (bits: Int64) in Impairment(rate: Rate(bitsPerSecond: bits)) }
        let plan = Plan(
            slug: "t", name: "t", duration: .seconds(20), link: [.downlink: rate(4_000_000), .uplink: .clean],
            timeline: [TimelineChange(at: .seconds(10), impairments: [.downlink: rate(2_000_000)])])
        return RunInputs(
            plan: plan,
            run: RunRecord(engine: .virtual, engineReason: "", kernel: "", hostKernel: "", outcome: .completed))
    }

    private static func segment(_ index: Int, at seconds: Double, took: Double, bytes: Int64, status: Int = 200)
        -> HTTPRequest
    {
        HTTPRequest(
            path: "/v0/\(index).m4s", kind: .segment, rendition: "v0", segment: index, attempt: index == 3 ? 2 : 1,
            start: start + .seconds(seconds), connected: index == 0 ? .milliseconds(40) : nil,
            firstByte: .milliseconds(42), total: .seconds(took), status: status, body: ByteCount(bytes),
            received: ByteCount(bytes + 200), sent: ByteCount(100))
    }

    private static func decision(
        _ segment: Int, at seconds: Double, _ from: String?, _ to: String, rate: Int64, estimate: Int64?
    ) -> Adaptation {
        Adaptation(
            time: start + .seconds(seconds), segment: segment, from: from, to: to, rate: Rate(bitsPerSecond: rate),
            reason: .throughput, estimate: estimate.map { Rate(bitsPerSecond: $0) }, buffer: .seconds(4))
    }

    @Test func `Requests, switches and the mean rendition are counted, and the estimate is held against the link`()
        throws
    {
        var inputs = Self.inputs()
        inputs.httpRequests = [
            // 4 Mbit/s of frames of 1514 bytes carry 1448 of payload each.
            Self.segment(0, at: 2, took: 1, bytes: 478_203), Self.segment(1, at: 9, took: 2, bytes: 358_652),
            Self.segment(3, at: 14, took: 0.04, bytes: 9, status: 404),
        ]
        inputs.adaptations = [
            Self.decision(0, at: 2, nil, "v1", rate: 1_000_000, estimate: nil),
            Self.decision(1, at: 4, "v1", "v0", rate: 2_000_000, estimate: 3_825_625),
            Self.decision(2, at: 12, "v0", "v1", rate: 1_000_000, estimate: 3_825_625),
            Self.decision(3, at: 14, "v1", "v1", rate: 1_000_000, estimate: 1_912_813),
        ]
        let analysis = HTTPAnalysis(inputs, origin: Self.start)
        let report = try #require(analysis.report)
        #expect(report.switchCount == 2 && report.switches.map(\.segment) == [1, 2])
        #expect(report.meanRate?.bitsPerSecond == 1_250_000)
        #expect(report.shares.map(\.name) == ["v1", "v0"] && report.shares.map(\.segments) == [3, 1])
        let requests = try #require(report.requests.first)
        #expect(report.requests.count == 1 && requests.count == 3 && requests.failed == 1 && requests.repeated == 1)
        #expect(requests.connections == 1 && requests.received.bytes == requests.body.bytes + 600)
        #expect(report.failures.map(\.status) == [404] && requests.total?.count == 2)
        let estimate = try #require(report.estimateRatio)
        #expect(estimate.count == 3 && abs(estimate.median - 1) < 0.001 && abs(estimate.p95 - 2) < 0.001)
        let transfer = try #require(report.transferRatio)
        #expect(transfer.count == 2 && abs(transfer.p95 - 1) < 0.001 && abs(transfer.p5 - 0.5) < 0.001)
        let bins = TimeBins(from: Self.start, to: Self.start + .seconds(20), origin: Self.start)
        let rendition = try #require(analysis.series(bins).first { $0.name == Series.Name.rendition })
        let first = try #require(rendition.times.first)
        #expect(abs(first - 2.05) < 1e-6 && rendition.values[0] == 1e6 && rendition.values[30] == 2e6)
    }

    @Test func `Without a client there is no report, and without a rate no ratio`() {
        #expect(HTTPAnalysis(Self.inputs(), origin: Self.start).report == nil)
        var inputs = Self.inputs()
        inputs.plan.link[.downlink] = .clean
        inputs.plan.timeline = []
        inputs.httpRequests = [Self.segment(0, at: 2, took: 1, bytes: 500_000)]
        inputs.adaptations = [Self.decision(0, at: 2, nil, "v0", rate: 1_000_000, estimate: 2_000_000)]
        let report = HTTPAnalysis(inputs, origin: Self.start).report
        #expect(report?.estimateRatio == nil && report?.transferRatio == nil && report?.meanRate != nil)
    }
}
