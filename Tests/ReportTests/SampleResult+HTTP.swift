import LabModel

extension SampleResult {
    /// A ladder of two over a link that dipped, with one request that failed.
    static var http: HTTPReport {
        let start = Timestamp(nanoseconds: 1_795_291_200_000_000_000)
        let missing = HTTPRequest(
            path: "/live/v0/7.m4s", kind: .segment, rendition: "v0", segment: 7, attempt: 1,
            start: start + .seconds(16),
            firstByte: .milliseconds(42), total: .milliseconds(43), status: 404, body: ByteCount(9),
            received: ByteCount(140), sent: ByteCount(120))
        let broken = HTTPRequest(
            path: "/live/v0/8.m4s", kind: .segment, rendition: "v0", segment: 8, attempt: 2,
            start: start + .seconds(18),
            connected: .milliseconds(41), total: .seconds(10), body: ByteCount(0), received: ByteCount(0),
            sent: ByteCount(120), failure: "timeout was reached")
        let dip = Adaptation(
            time: start + .seconds(10.5), segment: 5, from: "v0", to: "v1", rate: Rate(bitsPerSecond: 800_000),
            reason: .throughput, estimate: Rate(bitsPerSecond: 1_900_000), buffer: .seconds(3.2), latency: .seconds(6.4)
        )
        return HTTPReport(
            client: HTTPClientSummary(
                rule: "throughput: keeps a rendition", edge: "joins HOLD-BACK behind (6.0 s)", target: .seconds(6),
                renditions: [
                    HTTPRendition(name: "v1", rate: Rate(bitsPerSecond: 800_000), width: 640, height: 360),
                    HTTPRendition(name: "v0", rate: Rate(bitsPerSecond: 2_500_000), width: 1280, height: 720),
                ], givenUp: 1, skips: 1, failure: nil),
            requests: [
                HTTPRequestReport(
                    kind: .manifest, count: 16, failed: 0, repeated: 0, connections: 1, body: ByteCount(9_600),
                    received: ByteCount(12_800), sent: ByteCount(1_900), firstByte: distribution(0.040, 0.041, 0.044),
                    total: distribution(0.041, 0.042, 0.045)),
                HTTPRequestReport(
                    kind: .segment, count: 31, failed: 2, repeated: 1, connections: 2, body: ByteCount(9_100_000),
                    received: ByteCount(9_104_000), sent: ByteCount(3_700), firstByte: distribution(0.041, 0.05, 0.2),
                    total: distribution(0.3, 0.9, 1.9)),
            ],
            failures: [missing, broken], switchCount: 2, switches: [dip],
            shares: [
                RenditionShare(name: "v1", rate: Rate(bitsPerSecond: 800_000), segments: 5),
                RenditionShare(name: "v0", rate: Rate(bitsPerSecond: 2_500_000), segments: 10),
            ],
            meanRate: Rate(bitsPerSecond: 1_933_333),
            estimateRatio: RatioSpread(count: 14, p5: 0.71, median: 0.93, p95: 1.02),
            transferRatio: RatioSpread(count: 29, p5: 0.5, median: 0.88, p95: 0.97), origin: origin(start))
    }

    /// nginx's, which does not tell when an answer begins, among others.
    private static func origin(_ start: Timestamp) -> HTTPOriginReport {
        HTTPOriginReport(
            requests: [
                HTTPOriginKindReport(
                    kind: .manifest, count: 16, refused: 0, broken: 0, body: ByteCount(9_600),
                    bytes: ByteCount(12_800), arrival: distribution(0.020, 0.021, 0.022), hold: nil,
                    sending: distribution(0, 0.001, 0.001)),
                HTTPOriginKindReport(
                    kind: .segment, count: 30, refused: 1, broken: 0, body: ByteCount(9_100_000),
                    bytes: ByteCount(9_104_000), arrival: distribution(0.020, 0.021, 0.022),
                    hold: distribution(0, 0.001, 0.2), sending: distribution(0.3, 0.8, 1.7)),
            ],
            captured: ByteCount(9_116_800), unanswered: 1,
            slowest: [
                HTTPExchange(
                    path: "/live/v0/5.m4s", start: start + .seconds(12), arrived: .milliseconds(21),
                    answered: .milliseconds(21), handed: .seconds(1.7), firstByte: .milliseconds(42),
                    total: .seconds(1.9), sent: ByteCount(610_000), received: ByteCount(610_000))
            ])
    }
}
