import Capture
import LabModel
import Testing

@testable import Analysis

/// Captures whose every packet is known: what must be found in them.
@Suite struct RTPReportTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var packets: Int64
        var expected: Int64
        var missing: Int64 = 0
        var duplicates: Int64 = 0
        var reordered: Int64 = 0
        var restarts: Int64 = 0
        var clock: Int? = 90000
        var others: Int64 = 0
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "clean", packets: 500, expected: 500),
        Case(name: "bursts", packets: 935, expected: 1000, missing: 65),
        Case(name: "outage", packets: 7000, expected: 12_000, missing: 5000),
        Case(name: "restart", packets: 600, expected: 600, restarts: 1),
        Case(name: "dynamic_type", packets: 1000, expected: 1000),
        Case(name: "headers", packets: 100, expected: 100), Case(name: "version6", packets: 100, expected: 100),
        Case(name: "raw_ip", packets: 100, expected: 100), Case(name: "cooked", packets: 100, expected: 100),
        Case(name: "cooked2", packets: 100, expected: 100), Case(name: "loopback", packets: 100, expected: 100),
        Case(name: "microseconds", packets: 100, expected: 100),
        Case(name: "next_generation", packets: 100, expected: 100),
        Case(name: "fragments", packets: 100, expected: 100),
        Case(name: "fragments6", packets: 90, expected: 99, missing: 9),
        Case(name: "control", packets: 500, expected: 500),
    ])
    func `finds the one stream of a capture`(known: Case) throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture(known.name))
        let stream = try #require(report.streams.first)
        #expect(report.streams.count == 1)
        #expect(stream.packets == known.packets)
        #expect(stream.expected == known.expected)
        #expect(stream.missing == known.missing)
        #expect(stream.duplicates == known.duplicates)
        #expect(stream.reordered == known.reordered)
        #expect(stream.restarts == known.restarts)
        #expect(stream.clockRate == known.clock)
        #expect(report.others == known.others)
        #expect(report.damage == nil)
    }

    @Test(arguments: [("fragments", 20, nil), ("fragments6", 310, 10)] as [(String, Int64, Int64?)])
    func `puts datagrams together from their fragments`(name: String, fragments: Int64, incomplete: Int64?) throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture(name))
        #expect(report.fragments == fragments)
        #expect(report.incompleteDatagrams == incomplete)
        let unfragmented = try #require(CaptureAnalysis.analyze(try Fixture.capture("version6")).streams.first)
        let stream = try #require(report.streams.first)
        // A packet's size is that of all of it.
        #expect(stream.bytes.bytes / stream.packets == unfragmented.bytes.bytes / unfragmented.packets)
    }

    @Test func `counts runs of missing packets`() throws {
        let stream = try #require(CaptureAnalysis.analyze(try Fixture.capture("bursts")).streams.first)
        #expect(stream.lossRuns.count == 60)
        #expect(stream.lossRuns[0] == 2)
        #expect(stream.lossRuns[2] == 1)
        #expect(stream.lossRuns[59] == 1)
        #expect(stream.lossRuns.reduce(0, +) == 4)
    }

    @Test func `tells streams apart by SSRC`() throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture("two_streams"))
        #expect(report.streams.map(\.ssrc) == [0x1234_ABCD, 0x0A0B_0C0D])
        #expect(report.streams.map(\.packets) == [2000, 1000])
        #expect(report.streams.map(\.clockRate) == [90000, 8000])
        #expect(report.streams.map(\.source) == ["10.0.0.1:5004", "10.0.0.1:5004"])
        #expect(CaptureAnalysis.analyze(try Fixture.capture("changed_source")).streams.map(\.packets) == [200, 200])
    }

    @Test func `takes nothing else for RTP`() throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture("not_rtp"))
        #expect(report.streams.isEmpty)
        #expect(report.reports.isEmpty)
        #expect(report.frames == 16_000)
        #expect(report.others == 16_000)
    }

    @Test(arguments: ["truncated", "garbage_behind"])
    func `gives what comes before the damage`(name: String) throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture(name))
        #expect(report.streams.first?.packets == (name == "truncated" ? 499 : 500))
        #expect(report.damage?.hasPrefix("after frame \(name == "truncated" ? 499 : 500): ") == true)
    }

    @Test func `finds nothing in an empty capture`() throws {
        let report = CaptureAnalysis.analyze(try Fixture.capture("empty"))
        #expect(report.streams.isEmpty)
        #expect(report.damage == nil)
    }

    @Test func `reads RTCP`() throws {
        let reports = CaptureAnalysis.analyze(try Fixture.capture("control")).reports
        #expect(reports.count { $0.kind == .senderReport } == 5)
        let sender = try #require(reports.first)
        #expect(sender.rtpTimestamp == 90000)
        let distance = try #require(sender.senderTime) - sender.time
        #expect(abs(distance.nanoseconds) <= 1)
        let receiver = try #require(reports.first { $0.kind == .receiverReport })
        #expect(receiver.from == 0x9988_7766)
        #expect(receiver.about == 0x1234_ABCD)
        #expect(receiver.fractionLost == 0.25)
        #expect(receiver.cumulativeLost == -5)
        #expect(receiver.jitter == 45)
        // 30 ms later, of which the receiver held it for 20 ms.
        let roundTrip = try #require(receiver.roundTrip)
        #expect(abs(roundTrip.milliseconds - 10) < 0.02)
        #expect(reports.map(\.kind).suffix(3) == [.nack, .pli, .bye])
    }
}
