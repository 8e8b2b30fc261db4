import LabModel
import LinuxKit
import RunStore
import Testing

/// Programs that are not netlab's: a pipeline of them alone, and one of them against netlab's other end.
@Suite struct CommandTests {
    private static func scenario(_ pipeline: String, loss: String = "0%") -> String {
        """
        link:
          downlink: {rate: 4mbit, delay: 20ms, queue: 200ms, loss: \(loss)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
        """ + pipeline.split(separator: "\n").map { "\n  \($0)" }.joined()
    }

    private static func run(_ scenario: String, in place: Workplace) throws -> ChildProcess.Result {
        try InstalledProgram.shared.run(
            ["run", try place.scenario(scenario), "--engine", "virtual", "-q"], in: place.path)
    }

    struct Pipeline: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: String
        /// What the captures say that it was.
        let seen: String
        /// What the receiver wrote.
        let media: String
    }

    @Test(arguments: [
        Pipeline(
            testDescription: "MPEG-TS from ffmpeg to ffmpeg",
            lines: """
                protocol: command
                sender: {run: 'ffmpeg -v error -re -i "$NETLAB_MEDIA" -c copy -f mpegts "udp://$NETLAB_RECEIVER:5004?pkt_size=1316"'}
                receiver: {run: 'ffmpeg -v error -probesize 32768 -analyzeduration 0 -i udp://@:5004 -c copy -flush_packets 1 got.ts', ready: {port: 5004}}
                """, seen: "MPEG-TS", media: "h264 320x180, aac 48000 Hz"),
        Pipeline(
            testDescription: "a file over HTTP to curl",
            lines: """
                protocol: command
                server: {run: 'cd "$(dirname "$NETLAB_MEDIA")" && exec python3 -m http.server 8000 --bind $NETLAB_SENDER', ready: {port: 8000}}
                receiver: {run: 'curl -s -o got.mp4 "http://$NETLAB_SENDER:8000/$(basename "$NETLAB_MEDIA")"'}
                """, seen: "HTTP", media: "h264 320x180, aac 48000 Hz"),
        Pipeline(
            testDescription: "SRT from a sender that listens",
            lines: """
                protocol: command
                sender: {run: 'ffmpeg -v error -re -i "$NETLAB_MEDIA" -c copy -f mpegts "srt://:9000?mode=listener&linger=1"', ready: {port: 9000}}
                receiver: {run: 'srt-live-transmit -q "srt://$NETLAB_SENDER:9000" file://con > got.ts'}
                """, seen: "SRT", media: "h264 320x180, aac 48000 Hz"),
    ])
    func `Of a pipeline of programs the report says what they spoke and wrote`(_ pipeline: Pipeline) throws {
        let place = try Workplace()
        let run = try Self.run(Self.scenario(pipeline.lines), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let programs = try #require(result.programs)
        #expect(programs.traffic.compactMap(\.protocol).contains(pipeline.seen), "\(programs.traffic)")
        let file = try #require(programs.files.first)
        #expect(file.media == pipeline.media && file.duration ?? .zero > .seconds(2), "\(file)")
        #expect(result.player == nil && result.media.isEmpty)
        #expect(result.reasonAbsent("player.stall.total")?.contains("programs of your own") == true)
        let page = try File.readText(place.latest("test").file(RunFolder.report))
        #expect(page.contains(pipeline.seen) && page.contains("logs/receiver.log"))
    }

    struct End: Sendable, CustomTestStringConvertible {
        let name: StreamProtocol
        let role: String
        let line: String
        /// What shows that it can be used.
        var ready: String?
        var pipeline: String {
            let ready = ready.map { ", ready: \($0)" } ?? ""
            return "protocol: \(name.rawValue)\n\(role): {run: '\(line)'\(ready)}"
        }
        var testDescription: String { "\(name.rawValue), \(role): \(line.prefix(12))" }
    }

    /// How many units of sound never leave, or never come out: at its end ffmpeg's muxer of RTP throws away the PES packet
    /// that it gathers, and nginx leaves out what is behind the last picture.
    private static func unsent(_ end: End) -> Int64 {
        switch end.name {
        case .rtpTS: 14
        case .rtmpHLS: 1
        default: 0
        }
    }

    /// Serves one client with what ffmpeg makes of the media.
    private static let webSocketServer = """
        import asyncio, os, websockets
        over = asyncio.Event()
        async def serve(client):
            words = ["-v", "error", "-re", "-i", os.environ["NETLAB_MEDIA"], "-c", "copy", "-f", "mpegts",
                     "-flush_packets", "1", "-"]
            ffmpeg = await asyncio.create_subprocess_exec("ffmpeg", *words, stdout=asyncio.subprocess.PIPE)
            while piece := await ffmpeg.stdout.read(1316):
                await client.send(piece)
            await client.close()
            over.set()
        async def main():
            async with websockets.serve(serve, os.environ["NETLAB_SENDER"], int(os.environ["NETLAB_PORT"])):
                await over.wait()
        asyncio.run(main())

        """
    private static let ffmpeg = #"ffmpeg -v error -re -i "$NETLAB_MEDIA" -c copy -f"#
    private static let gstreamer = """
        gst-launch-1.0 -q filesrc location="$NETLAB_MEDIA" ! qtdemux name=d d.video_0 ! queue ! h264parse ! m. \
        d.audio_0 ! queue ! aacparse ! mpegtsmux name=m alignment=7
        """

    @Test(arguments: [
        End(
            name: .udpTS, role: "sender",
            line: #"\#(ffmpeg) mpegts "udp://$NETLAB_RECEIVER:$NETLAB_PORT?pkt_size=1316""#),
        End(name: .udpTS, role: "sender", line: "\(gstreamer) ! udpsink host=$NETLAB_RECEIVER port=$NETLAB_PORT"),
        End(
            name: .rtpTS, role: "sender",
            line: #"\#(ffmpeg) rtp_mpegts "rtp://$NETLAB_RECEIVER:$NETLAB_PORT?pkt_size=1328""#),
        End(
            name: .srt, role: "sender",
            line: #"\#(ffmpeg) mpegts "srt://$NETLAB_RECEIVER:$NETLAB_PORT?mode=caller&pkt_size=1316&linger=1""#),
        // It is held back for a second, which the sender does not stay for.
        End(
            name: .rist, role: "sender",
            line: "\(ffmpeg) mpegts -rist_profile main -pkt_size 1316 rist://$NETLAB_RECEIVER:$NETLAB_PORT"),
        End(name: .rtmp, role: "sender", line: "\(ffmpeg) flv rtmp://$NETLAB_SENDER:$NETLAB_PORT/live/netlab"),
        End(name: .rtmpHLS, role: "sender", line: "\(ffmpeg) flv rtmp://$NETLAB_SENDER:1935/live/netlab"),
        End(name: .ws, role: "sender", line: "/usr/bin/python3 ../../../../serve.py", ready: "{port: 8080}"),
    ])
    func `netlab's receiver knows every frame that another's sender sends`(_ end: End) throws {
        let place = try Workplace()
        try File.write(Self.webSocketServer, to: "\(place.path)/serve.py")
        let run = try Self.run(Self.scenario(end.pipeline), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.map(\.complete) == [75, 141 - Self.unsent(end)], "\(result.media)")
        #expect(result.media.first?.misplaced == 0)
        #expect(result.player?.stalls.isEmpty == true && result.player?.startup != nil)
        #expect(result.player?.liveLatency == nil && result.reasonAbsent("player.latency.p50") != nil)
    }

    @Test(arguments: [
        End(
            name: .udpTS, role: "receiver",
            line:
                "ffmpeg -v error -probesize 32768 -analyzeduration 0 -i udp://@:$NETLAB_PORT -c copy -flush_packets 1 got.ts"
        ),
        End(
            name: .rtpTS, role: "receiver",
            line:
                "ffmpeg -v error -probesize 32768 -analyzeduration 0 -i rtp://0.0.0.0:$NETLAB_PORT -c copy -flush_packets 1 got.ts"
        ),
        End(
            name: .rtp, role: "receiver",
            line:
                "ffmpeg -v error -protocol_whitelist file,udp,rtp -i ../media/session.sdp -c copy -flush_packets 1 got.mkv"
        ),
        End(
            name: .rtp, role: "receiver",
            line: """
                gst-launch-1.0 -q udpsrc port=$NETLAB_PORT \
                caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264 ! rtpjitterbuffer ! rtph264depay \
                ! h264parse ! matroskamux streamable=true ! filesink buffer-mode=unbuffered location=got.mkv
                """),
        End(
            name: .srt, role: "receiver",
            line:
                #"ffmpeg -v error -probesize 32768 -analyzeduration 0 -i "srt://:$NETLAB_PORT?mode=listener" -c copy -flush_packets 1 got.ts"#
        ),
        End(
            name: .srt, role: "receiver",
            line: """
                gst-launch-1.0 -q srtsrc uri="srt://:$NETLAB_PORT?mode=listener" ! filesink buffer-mode=unbuffered \
                location=got.ts
                """),
        End(
            name: .rist, role: "receiver",
            line: """
                ffmpeg -v error -probesize 32768 -analyzeduration 0 -rist_profile main \
                -i rist://@$NETLAB_RECEIVER:$NETLAB_PORT -c copy -flush_packets 1 got.ts
                """),
        End(
            name: .rtsp, role: "receiver",
            line: "ffmpeg -v error -i rtsp://$NETLAB_SENDER:$NETLAB_PORT/camera-1 -c copy -flush_packets 1 got.mkv",
            ready: "{after: 1s}"),
        End(
            name: .rtmp, role: "receiver",
            line:
                "ffmpeg -v error -probesize 32768 -analyzeduration 0 -i rtmp://$NETLAB_SENDER:$NETLAB_PORT/live/netlab -c copy -flush_packets 1 got.flv"
        ),
    ])
    func `Another's receiver takes what netlab's sender sends`(_ end: End) throws {
        let place = try Workplace()
        let run = try Self.run(Self.scenario(end.pipeline), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let file = try #require(result.programs?.files.first)
        #expect(file.media?.hasPrefix("h264 320x180") == true, "\(file)")
        if end.name == .rtp || end.name == .rtsp {
            #expect(result.media.map(\.sent) == [75, 141])
            #expect(result.media.allSatisfy { $0.complete == $0.sent } && result.player?.shown == 75)
        } else {
            #expect(result.media.isEmpty && result.reasonAbsent("media.video.complete") != nil)
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: String
        let finding: String
    }

    @Test(arguments: [
        Fault(
            testDescription: "a program that is not there",
            lines: "receiver: {run: no-such-player, ready: {port: 5004}}",
            finding: "the receiver did not listen on port 5004: exited with code 127"),
        Fault(
            testDescription: "a port that nobody listens at", lines: "receiver: {run: sleep 100, ready: {port: 5004}}",
            finding: "the receiver did not listen on port 5004 in 30.0 s"),
        Fault(
            testDescription: "a server that dies", lines: "server: {run: sleep 1}\nreceiver: {run: sleep 100}",
            finding: "the server did not serve to the end"),
        Fault(
            testDescription: "a sender that fails",
            lines: "sender: {run: echo no camera >&2; exit 3}\nreceiver: {run: sleep 100}",
            finding: "the sender did not reach the end: exited with code 3: no camera"),
    ])
    func `What programs fail at is said, and the run is invalid`(_ fault: Fault) throws {
        let place = try Workplace()
        let run = try Self.run(Self.scenario("protocol: command\n\(fault.lines)"), in: place)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let findings = try place.result("test").validity.filter { !$0.passed }.map(\.finding)
        #expect(findings.contains { $0.contains(fault.finding) }, "\(findings)")
    }

    @Test func `Programs that go on for ever are told to end`() throws {
        let place = try Workplace()
        let lines = """
            protocol: command
            sender: {run: 'while true; do sleep 0.1; done & wait'}
            receiver: {run: 'trap "echo ended > said; exit 4" TERM; while true; do sleep 0.1; done', ready: {after: 500ms}}
            """
        let run = try Self.run(Self.scenario(lines), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.workers.count == 2 && result.run.workers.allSatisfy { $0.asked == true })
        let length = try #require(result.run.streamEnd) - (try #require(result.run.streamStart))
        #expect((.seconds(4)...(.seconds(9))).contains(length))
    }
}
