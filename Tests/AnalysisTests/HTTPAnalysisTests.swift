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
        let report = try #require(analysis.report(captured: nil))
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

    private static func answer(_ target: String, at seconds: Double, segment: Int? = nil, bytes: Int64) -> OriginRequest
    {
        OriginRequest(
            time: start + .seconds(seconds), target: target, status: 200, segment: segment,
            firstByte: start + .seconds(seconds + 0.5), end: start + .seconds(seconds + 0.75),
            body: ByteCount(bytes), bytes: ByteCount(bytes + 200), request: ByteCount(100), port: 4000, whole: true)
    }

    @Test func `The origin's lines are put beside the client's, the first of a resource to the first`() throws {
        var inputs = Self.inputs()
        inputs.httpRequests = [
            Self.segment(1, at: 2, took: 1, bytes: 1000), Self.segment(1, at: 5, took: 2, bytes: 3000),
            Self.segment(2, at: 8, took: 0.1, bytes: 0, status: 404),
        ]
        inputs.originRequests = [
            Self.answer("/v0/1.m4s", at: 5.02, segment: 1, bytes: 3000),
            Self.answer("/v0/1.m4s", at: 2.02, segment: 1, bytes: 1000),
            Self.answer("/v0/init.mp4", at: 1, bytes: 700), Self.answer("/v0.m3u8", at: 0.5, bytes: 90),
        ]
        let report = HTTPAnalysis(inputs, origin: Self.start).report(captured: ByteCount(5590))
        let origin = try #require(report?.origin)
        #expect(origin.requests.map(\.kind) == [.manifest, .initialization, .segment])
        #expect(origin.unanswered == 1 && origin.body.bytes == 4790 && origin.bytes?.bytes == 5590)
        #expect(origin.captured == origin.bytes)
        let segments = try #require(origin.requests.last)
        #expect(segments.hold?.p50 == .milliseconds(500) && segments.sending?.maximum == .milliseconds(250))
        #expect(segments.arrival?.count == 2 && segments.count == 2 && segments.refused == 0)
        #expect(origin.slowest.map(\.sent.bytes) == [3000, 1000])
        #expect(origin.slowest.allSatisfy { abs($0.arrived.seconds - 0.02) < 1e-6 })
        // Of another's client only the origin knows.
        inputs.httpRequests = []
        let alone = try #require(HTTPAnalysis(inputs, origin: Self.start).report(captured: nil))
        #expect(alone.switchCount == nil && !alone.hasClient && alone.origin?.unanswered == nil)
        #expect(alone.origin?.slowest == [] && alone.origin?.requests.count == 3)
    }

    @Test func `Without a client there is no report, and without a rate no ratio`() {
        #expect(HTTPAnalysis(Self.inputs(), origin: Self.start).report(captured: nil) == nil)
        var inputs = Self.inputs()
        inputs.plan.link[.downlink] = .clean
        inputs.plan.timeline = []
        inputs.httpRequests = [Self.segment(0, at: 2, took: 1, bytes: 500_000)]
        inputs.adaptations = [Self.decision(0, at: 2, nil, "v0", rate: 1_000_000, estimate: 2_000_000)]
        let report = HTTPAnalysis(inputs, origin: Self.start).report(captured: nil)
        #expect(report?.estimateRatio == nil && report?.transferRatio == nil && report?.meanRate != nil)
    }
}
