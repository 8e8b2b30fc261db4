import LabModel
import LinuxKit
import RunStore
import Testing

/// ffmpeg, GStreamer and curl as clients of netlab's origin, in virtual time. They come when the stream has run for some
/// seconds: ffmpeg's DASH demuxer cannot join one that is younger than its presentation delay, and neither it nor
/// GStreamer knows HLS's parts before there is a whole segment.
@Suite struct HTTPPeerTests {
    struct Client: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: HTTPProtocol
        var container = HTTPPlan.Container.fmp4
        let line: String
        /// What must be found in the file that it writes.
        var media = "h264 320x180, aac 48000 Hz"
        /// What it must have asked for.
        let asked: [String]
    }

    private static let forms: [(form: String, name: HTTPProtocol, container: HTTPPlan.Container)] = [
        ("hls of MPEG-TS", .hls, .ts), ("hls of fMP4", .hls, .fmp4), ("ll-hls", .llHLS, .fmp4), ("dash", .dash, .fmp4),
        ("ll-dash", .llDASH, .fmp4),
    ]

    private static func manifest(_ name: HTTPProtocol) -> String { name.isHLS ? "master.m3u8" : "manifest.mpd" }

    /// ffmpeg's DASH demuxer goes on asking behind the end; GStreamer's decoders end by themselves.
    static let players: [Client] = forms.flatMap { form, name, container in
        let url = "http://$NETLAB_SENDER:$NETLAB_PORT/live/\(manifest(name))"
        let segment = container == .ts ? "/live/v0/3.ts" : "/live/v0/3.m4s"
        return [
            Client(
                testDescription: "ffmpeg, \(form)", name: name, container: container,
                line: #"ffmpeg -v error -nostdin -i "\#(url)" -t 3 -c copy got.mkv"#,
                asked: ["/live/\(manifest(name))", segment]),
            Client(
                testDescription: "GStreamer, \(form)", name: name, container: container,
                line: """
                    gst-launch-1.0 -q uridecodebin3 uri="\(url)" name=all all. ! audio/x-raw ! fakesink \
                    all. ! video/x-raw ! videoconvert ! y4menc ! filesink location=got.y4m
                    """, media: "rawvideo 320x180", asked: ["/live/\(manifest(name))", segment]),
        ]
    }

    static let fetchers: [Client] = [
        ("hls of MPEG-TS", .hls, .ts, ["master.m3u8", "v0.m3u8", "v0/2.ts", "v0/3.ts"]),
        ("hls of fMP4", .hls, .fmp4, ["master.m3u8", "v0.m3u8", "v0/init.mp4", "v0/2.m4s", "audio/2.m4s"]),
        (
            "ll-hls", .llHLS, .fmp4,
            ["master.m3u8", "v0.m3u8?_HLS_msn=5&_HLS_part=1", "v0/init.mp4", "v0/5.1.m4s", "v0/4.m4s"]
        ),
        ("dash", .dash, .fmp4, ["manifest.mpd", "v0/init.mp4", "v0/2.m4s", "audio/2.m4s"]),
        ("ll-dash", .llDASH, .fmp4, ["manifest.mpd", "v0/init.mp4", "v0/2.m4s", "v0/4.m4s"]),
    ].map { form, name, container, paths in
        Client(
            testDescription: "curl, \(form)", name: name, container: container,
            line: """
                for path in \(paths.map { "\"\($0)\"" }.joined(separator: " ")); do curl -sf \
                -w "%{size_download}\\n" -o got "http://$NETLAB_SENDER:$NETLAB_PORT/live/$path"; done >sizes
                """, asked: paths.map { "/live/\($0)" })
    }

    private static func run(_ client: Client) throws -> (Workplace, RunResult) {
        let place = try Workplace()
        let file = "\(place.path)/test.yaml"
        let container = client.name == .hls ? ", container: \(client.container.rawValue)" : ""
        try File.write(
            """
            name: Test
            seed: 7
            duration: 9s
            link:
              downlink: {rate: 4mbit, delay: 20ms, queue: 200ms}
              uplink: {rate: 4mbit, delay: 20ms}
            pipeline:
              protocol: \(client.name.rawValue)
              media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
              http: {segment: 1s\(container)}
              receiver: {run: 'sleep 4.5; \(client.line)'}
            """, to: file)
        let run = try InstalledProgram.shared.run(["run", file, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return (place, try place.result("test"))
    }

    @Test(arguments: players)
    func `A foreign player plays it`(_ client: Client) throws {
        let (place, result) = try Self.run(client)
        let file = try #require(result.programs?.files.first { $0.media != nil }, "\(result.programs?.files ?? [])")
        #expect(file.media == client.media && file.duration ?? .zero > .seconds(2.5), "\(file)")
        _ = try Self.answers(place, to: client)
    }

    @Test(arguments: fetchers)
    func `curl gets what the origin says that it gave`(_ client: Client) throws {
        let (place, _) = try Self.run(client)
        let answers = try Self.answers(place, to: client)
        let sizes = try File.readText(place.latest("test").file("files/sizes")).split(separator: "\n")
        #expect(sizes.compactMap { Int64($0) } == answers.map(\.body.bytes))
        #expect(answers.map(\.target) == client.asked)
    }

    /// The origin's log, which must hold what was asked for, and the bytes of the capture.
    private static func answers(_ place: Workplace, to client: Client) throws -> [OriginRequest] {
        let directory = try place.latest("test")
        let answers = try directory.readLines(OriginRequest.self, from: RunFolder.originRequests)
        #expect(Set(answers.map(\.target)).isSuperset(of: client.asked), "\(answers.map(\.target))")
        #expect(answers.allSatisfy { $0.status == 200 || $0.status == 404 })
        let capture = directory.file(RunFolder.receiverCapture)
        #expect(try CapturedPayload.bytes(from: 8080, in: capture) == answers.reduce(0) { $0 + ($1.bytes?.bytes ?? 0) })
        return answers
    }
}
