import LabModel
import LinuxKit
import RunStore
import Testing

/// RTSP pushed to a server at the receiver's end, over both transports, in virtual time.
@Suite struct RTSPPushTests {
    private static func scenario(
        _ transport: RTSPPlan.Transport, link: String = "", rate: String = "400kbit", more: String = ""
    ) -> String {
        """
        seed: 7
        link:
          downlink: {rate: 8mbit, delay: 20ms, queue: 200ms\(link)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: rtsp
          rtsp: {transport: \(transport.rawValue), mode: push}
          media: {video: {size: 320x180, fps: 25, rate: \(rate), gop: 1s}, audio: {rate: 64kbit}}
          \(more)
        """
    }

    private func run(_ scenario: String, in place: Workplace) throws -> ChildProcess.Result {
        let path = try place.scenario(scenario)
        return try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"], in: place.path)
    }

    @Test(arguments: RTSPPlan.Transport.allCases)
    func `On a clean link every unit arrives whole, in time and in sync`(transport: RTSPPlan.Transport) throws {
        let place = try Workplace()
        let run = try run(Self.scenario(transport), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.warnings == [])
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
        #expect(result.media.first?.identified == 75 && result.media.first?.misplaced == 0)
        #expect(result.player?.shown == 75 && result.player?.stalls.isEmpty == true)
        let content = try #require(result.sync.first { $0.method == .content })
        #expect(content.magnitudeP95 <= .milliseconds(1))
        // Five round trips of 40 ms: the connection, ANNOUNCE, SETUP twice, RECORD.
        let setup = try #require(result.rtsp?.setups.first)
        #expect((.milliseconds(200)...(.milliseconds(260))).contains(setup))
        #expect(result.sent?.reports.contains { $0.kind == .senderReport } == true)
    }

    /// GStreamer's RTP manager counts by itself what comes; so does the analysis, from the capture at its interface.
    @Test(arguments: RTSPPlan.Transport.allCases)
    func `The server's own figures are those of the capture`(transport: RTSPPlan.Transport) throws {
        let place = try Workplace()
        let run = try run(Self.scenario(transport, link: ", loss: 3%", rate: "3mbit"), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let counts = try #require(result.rtsp).server
        #expect(counts.count == 2)
        for count in counts {
            let stream = try #require(result.received?.streams.first { $0.ssrc == count.ssrc })
            #expect(count.packets == stream.packets)
            #expect(count.cumulativeLost == stream.lostRFC3550)
            let most = try #require(stream.maximumJitter)
            #expect((.zero...(most + .milliseconds(1))).contains(try #require(count.jitter)))
        }
        let lost = result.media.reduce(0) { $0 + $1.missing + $1.damaged }
        #expect((lost > 0) == (transport == .udp))
        if transport == .tcp { #expect(Metric.named("tcp.retransmissions")?.read(result) ?? 0 > 0) }
    }
}
