import LabModel
import LinuxKit
import RunStore
import Testing

/// RTSP over both transports, its cameras, and what the server says, in virtual time.
@Suite struct RTSPTests {
    private static func scenario(_ rtsp: String, link: String = "", rate: String = "400kbit") -> String {
        """
        seed: 7
        link:
          downlink: {rate: 8mbit, delay: 20ms, queue: 200ms\(link)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: rtsp
          rtsp: {\(rtsp)}
          media: {video: {size: 320x180, fps: 25, rate: \(rate), gop: 1s}, audio: {rate: 64kbit}}
        """
    }

    private func run(_ scenario: String, in place: Workplace) throws -> RunResult {
        let path = try place.scenario(scenario)
        let run = try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return try place.result("test")
    }

    private func tshark(_ filter: String, _ field: String, _ capture: String) throws -> [String] {
        let command =
            "tshark -o tcp.reassemble_out_of_order:TRUE -r \(capture) -Y '\(filter)' -T fields -e \(field) 2>/dev/null"
        return try Shell.run(command).outputText.split(separator: "\n").map(String.init)
    }

    @Test func `Over TCP loss costs time and no unit, and every packet within the connection is found`() throws {
        let place = try Workplace()
        let result = try run(Self.scenario("transport: tcp", link: ", loss: 3%"), in: place)
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
        #expect(Metric.named("tcp.retransmissions")?.read(result) ?? 0 > 0)
        let capture = try place.latest("test").file(RunFolder.receiverCapture)
        let witnessed = try tshark("rtp", "rtp.ssrc", capture).flatMap { $0.split(separator: ",") }
        for stream in try #require(result.received).streams {
            let text = "0x" + String(repeating: "0", count: 8 - String(stream.ssrc, radix: 16).count)
            let name = text + String(stream.ssrc, radix: 16)
            #expect(stream.packets == Int64(witnessed.count { $0 == name }) && stream.missing == 0)
        }
        #expect(try #require(result.rtsp).departure?.count == 216)
    }

    @Test func `Each camera has figures of its own, and the worst is told`() throws {
        let place = try Workplace()
        let result = try run(Self.scenario("cameras: 3", link: ", loss: 4%"), in: place)
        let cameras = try #require(result.cameras)
        #expect(cameras.map(\.camera) == [1, 2, 3])
        for camera in cameras {
            #expect(camera.media.map(\.sent) == [75, 141])
            let streams = try #require(result.received).streams.filter { $0.camera == camera.camera }
            #expect(Set(streams.map(\.stream)) == [.video, .audio])
            let video = try #require(camera.media.first)
            // A lost key frame costs the marks of a whole group of pictures: how many can be read is the loss's doing.
            let (identified, decoded) = (try #require(video.identified), try #require(video.decoded))
            #expect(identified > 0 && decoded >= identified)
            #expect(camera.sync.contains { $0.method == .content })
        }
        let shown = cameras.compactMap(\.shown)
        #expect(Set(shown).count > 1, "the link treated all alike: \(shown)")
        #expect(Metric.named("cameras.shown.worst")?.read(result) == shown.min())
        #expect(cameras.worst?.shown == shown.min())
        let offsets = cameras.compactMap { $0.sync.best?.magnitudeP95.seconds }
        #expect(offsets.count == 3 && Metric.named("cameras.avsync.worst")?.read(result) == offsets.max())
        #expect(result.media(.video)?.complete == cameras[0].media[0].complete)
        #expect(try #require(result.rtsp).setups.count == 3)
    }

    /// What the server's RTP manager counted is what the capture at its interface shows; what it knows of loss is the
    /// last report that came to it, as tshark reads it.
    @Test func `The server's own figures are those of the captures`() throws {
        let place = try Workplace()
        let result = try run(Self.scenario("transport: udp", link: ", loss: 3%", rate: "3mbit"), in: place)
        let server = try #require(result.rtsp).server
        #expect(server.count == 2)
        for count in server {
            let stream = try #require(result.sent?.streams.first { $0.ssrc == count.ssrc })
            #expect(count.packets == stream.packets)
            #expect(count.bytes.bytes == stream.bytes.bytes - 12 * stream.packets)
        }
        let video = try #require(server.first { $0.ssrc == result.rtp(.video)?.ssrc })
        let capture = try place.latest("test").file(RunFolder.senderCapture)
        let lost = try tshark("rtcp.pt == 201 && rtcp.ssrc.cum_nr", "rtcp.ssrc.cum_nr", capture)
        #expect(video.cumulativeLost ?? 0 > 0)
        let reports = try #require(result.sent).reports.filter {
            $0.kind == .receiverReport && $0.about == video.ssrc && $0.time <= video.time
        }
        #expect(reports.last?.cumulativeLost == video.cumulativeLost)
        #expect(reports.last?.fractionLost == video.fractionLost)
        #expect(lost.prefix(reports.count).last == video.cumulativeLost.map(String.init))
    }

    @Test(arguments: [
        ("exit 3", "the sender did not get ready: exited with code 3"),
        ("echo 'no such plugin' >&2; exit 1", "no such plugin"),
    ])
    func `A server that does not start is said to`(script: String, words: String) throws {
        let place = try Workplace()
        let netlab = try InstalledProgram.shared.path(withWorkersBeside: "true", at: place)
        let server = "\(Directory.parent(of: netlab))/netlab-rtsp"
        try File.write("#!/bin/sh\n\(script)\n", to: server)
        try Shell.run("chmod 755 \(server)")
        let path = try place.scenario(Self.scenario("transport: udp"))
        var command = InstalledProgram.shared.command(["run", path, "--engine", "virtual", "-q"], in: place.path)
        command.program = netlab
        let run = try ChildProcess.run(command, timeout: 180_000_000_000)
        #expect(run.status == .exited(2))
        #expect("\(run.outputText)\(run.errorText)".contains(words), "\(run.outputText)\(run.errorText)")
    }

    @Test func `A server that dies in the middle leaves what came until then`() throws {
        let place = try Workplace()
        let netlab = try InstalledProgram.shared.path(
            withWorkersBeside: "sleep 2; kill -9 $(pidof netlab-rtsp)", at: place)
        let path = try place.scenario(Self.scenario("transport: tcp"))
        var command = InstalledProgram.shared.command(["run", path, "--engine", "virtual", "-q"], in: place.path)
        command.program = netlab
        let run = try ChildProcess.run(command, timeout: 180_000_000_000)
        #expect(run.status == .exited(2))
        #expect("\(run.outputText)\(run.errorText)".contains("killed by signal 9"), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let video = try #require(result.media(.video))
        #expect(video.complete > 5)
    }
}
