import LabModel
import Testing

@testable import Analysis

/// Readings of TCP's state, put together by connection.
@Suite struct TCPAnalysisTests {
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    private static let server = TCPEndpoint(address: IPAddress(version4: 0x0a4d_0001), port: 1935)
    private static let client = TCPEndpoint(address: IPAddress(version4: 0x0a4d_0002), port: 40000)

    private static func sample(
        at seconds: Double, _ point: CaptureFacts.Point, _ local: TCPEndpoint, _ remote: TCPEndpoint,
        _ fill: (inout TCPInformation) -> Void
    ) -> TCPSample {
        var information = TCPInformation()
        fill(&information)
        return TCPSample(
            time: start + .seconds(seconds), point: point, local: local, remote: remote, congestionControl: "cubic",
            information: information)
    }

    /// Ten seconds of a download: each tenth of a second two segments more are sent again.
    private static let download: [TCPSample] = (0..<100).flatMap { step in
        let time = 0.003 + Double(step) / 10
        return [
            sample(at: time, .sender, server, client) {
                $0.acknowledged = ByteCount(Int64(step) * 1000)
                $0.retransmissions = Int64(step) * 2
                $0.dataSegments = Int64(step) * 20
                $0.congestionWindow = Int64(step % 10)
                $0.segmentSize = ByteCount(1000)
                $0.roundTrip = .milliseconds(Double(40 + step))
            },
            sample(at: time, .receiver, client, server) { $0.acknowledged = ByteCount(300) },
        ]
    }

    @Test func `A connection is shown from the end that sent more`() throws {
        let report = try #require(TCPAnalysis(Self.download, origin: Self.start).report)
        let flow = try #require(report.flows.first)
        #expect(report.flows.count == 1)
        #expect(flow.direction == .downlink && flow.sender == Self.server && flow.receiver == Self.client)
        #expect((flow.first, flow.last) == (.seconds(0.003), .seconds(9.903)))
        #expect((flow.delivered, flow.retransmissions, flow.dataSegments) == (ByteCount(99_000), 198, 1980))
        #expect((flow.meanWindow, flow.greatestWindow) == (ByteCount(4500), ByteCount(9000)))
        #expect(flow.roundTrip?.minimum == .milliseconds(40) && flow.roundTrip?.maximum == .milliseconds(139))
        #expect(flow.limitedByReceiver == nil && flow.leastRoundTrip == nil && flow.greatestUnsent == nil)
    }

    @Test func `The series count what was sent again in each bin`() throws {
        let bins = TimeBins(from: Self.start, to: Self.start + .seconds(10), origin: Self.start)
        let series = TCPAnalysis(Self.download, origin: Self.start).series(bins)
        #expect(series.map(\.name) == ["tcp.1.window", "tcp.1.srtt", "tcp.1.retransmissions"])
        #expect(series[2].values == [0] + Array(repeating: 2, count: 99))
        #expect(series[1].values.first == 0.04)
    }

    @Test func `A probe's connection is told apart and counts for no metric`() throws {
        let far = TCPEndpoint(address: Self.client.address, port: ProbePort.tcp + ProbePort.offset(ofRival: 2))
        let near = TCPEndpoint(address: Self.server.address, port: far.port + ProbePort.senderOffset)
        let probe = Self.sample(at: 1, .sender, near, far) {
            $0.acknowledged = ByteCount(1_000_000)
            $0.retransmissions = 7
        }
        var result = RunResult(
            netlabVersion: "test", plan: Plan(slug: "test", name: "test"),
            run: RunRecord(
                engine: .virtual, engineReason: "", kernel: "", hostKernel: "", outcome: .completed))
        result.tcp = TCPAnalysis([probe] + Self.download, origin: Self.start).report
        #expect(result.tcp?.flows.map(\.isProbe) == [false, true])
        #expect(Metric.named("tcp.retransmissions")?.read(result) == 198)
        #expect(Metric.named("tcp.retransmitted")?.read(result) == 0.1)
        #expect(Metric.named("tcp.srtt.p95")?.read(result).map { abs($0 - 0.134) < 0.001 } == true)
    }

    @Test func `Without a connection there is no report`() {
        #expect(TCPAnalysis([], origin: Self.start).report == nil)
    }
}
