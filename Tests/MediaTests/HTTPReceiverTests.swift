import AdaptiveStreaming
import HTTPClient
import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

/// The HTTP client against files that ffmpeg made and python serves: nothing of netlab's is at the other end.
@Suite(.timeLimit(.minutes(3))) struct HTTPReceiverTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let manifest: String
        let options: [String]
    }

    private static let hls = ["-f", "hls", "-hls_time", "1", "-hls_list_size", "0", "-hls_playlist_type", "vod"]
    private static let dash = ["-f", "dash", "-seg_duration", "1"]

    static let cases = [
        Case(testDescription: "HLS, MPEG-TS", manifest: "x.m3u8", options: hls),
        Case(testDescription: "HLS, fragmented MP4", manifest: "x.m3u8", options: hls + ["-hls_segment_type", "fmp4"]),
        Case(
            testDescription: "HLS, one file of byte ranges", manifest: "x.m3u8",
            options: hls + ["-hls_flags", "single_file"]),
        Case(
            testDescription: "DASH with a timeline", manifest: "x.mpd",
            options: dash + ["-use_template", "1", "-use_timeline", "1"]),
        Case(
            testDescription: "DASH with numbers", manifest: "x.mpd",
            options: dash + ["-use_template", "1", "-use_timeline", "0"]),
    ]

    /// A folder with the sample in it, cut up by ffmpeg, and its server.
    private struct Site {
        let scratch: Scratch
        let server: ChildProcess
        let port: UInt16

        /// HTTP/1.1, so that connections are kept, and with the ranges that python leaves out.
        private static let program = """
            import http.server as s, io
            class Handler(s.SimpleHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                def send_head(self):
                    if 'Range' not in self.headers: return super().send_head()
                    first, last = map(int, self.headers['Range'][6:].split('-'))
                    with open(self.translate_path(self.path), 'rb') as file: body = file.read()[first:last + 1]
                    self.send_response(206)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    return io.BytesIO(body)

            """

        func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

        init(_ test: Case) throws {
            scratch = try Scratch()
            var cut = Command(
                try #require(Environment.find("ffmpeg")),
                ["-v", "error", "-i", try Sample.file(Sample.plan()), "-c", "copy"] + test.options + [test.manifest])
            cut.directory = scratch.path
            let made = try ChildProcess.run(cut, timeout: 60_000_000_000)
            try #require(made.status == .success, "\(made.errorText)")
            port = UInt16(28000 + Host.processID % 2000) + UInt16(HTTPReceiverTests.next())
            let program = Self.program + "s.ThreadingHTTPServer(('127.0.0.1', \(port)), Handler).serve_forever()"
            var serve = Command(try #require(Environment.find("python3")), ["-c", program])
            serve.directory = scratch.path
            (serve.output, serve.errors) = (.null, .null)
            server = try ChildProcess.start(serve)
        }
    }

    private static let counter = Condition(0)
    private static func next() -> Int {
        counter.change {
            $0 += 1
            return $0
        }
    }

    private func receive(_ test: Case, _ site: Site, patience: TimeSpan = .seconds(20)) throws -> RunDirectory {
        let run = try site.scratch.run(Sample.plan())
        let facts = [MediaKind.video, .audio].map { kind in
            StreamFacts(
                stream: kind, codec: kind == .video ? "h264" : "aac", clockRate: kind == .video ? 90_000 : 48_000,
                firstTimestamp: 0, marked: true, extradata: "")
        }
        try run.write(facts, to: RunFolder.streams)
        let url = "http://127.0.0.1:\(site.port)/\(test.manifest)"
        let presentation: any Presentation =
            test.manifest.hasSuffix("mpd") ? DASHPresentation(url: url) : HLSPresentation(url: url)
        var limits = SessionLimits()
        limits.patience = patience
        let worker = try Worker { [limits] control in
            let session = StreamingSession(
                presentation, rule: .throughput(ThroughputRule()), edge: LiveEdgeRule(), threshold: .milliseconds(200),
                limits: limits)
            try HTTPReceiver(run: run.path, session: session, transfers: TransferPool(), linger: 2_000_000_000)
                .receive(control)
        }
        #expect(try worker.next()?.ready == true)
        try worker.tell("start \(Clock.monotonic())")
        _ = try worker.rest()
        return run
    }

    @Test(arguments: cases)
    func `Every unit of what ffmpeg cut comes with its content, and every byte is accounted for`(_ test: Case) throws {
        let site = try Site(test)
        defer { _ = site.server.terminate(grace: 1_000_000_000) }
        let run = try receive(test, site)
        let received = try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        let source = try MediaSource.load(Sample.file(Sample.plan()))
        for stream in source.streams {
            let codec = stream.parameters.codec
            let sent = stream.units.map { UnitContent.checksum(UnitContent.plain($0.bytes, codec: codec)) }
            let came = received.filter { $0.stream == stream.kind }
            #expect(came.map(\.content) == sent)
            let clock = Double(stream.kind == .video ? 90_000 : 48_000)
            for (unit, line) in zip(stream.units, came).dropFirst() {
                let expected = stream.time(unit.pts).seconds - stream.time(stream.units[0].pts).seconds
                let told = Double(Int32(bitPattern: line.timestamp &- came[0].timestamp)) / clock
                #expect(abs(expected - told) < 0.0011)
            }
        }
        let requests = try run.readLines(HTTPRequest.self, from: RunFolder.httpRequests)
        let good = requests.filter(\.succeeded)
        #expect(Set(good.map(\.path)).count >= 2 && good.allSatisfy { $0.received > $0.body && $0.sent.bytes > 0 })
        #expect(good.filter { $0.connected == nil }.count > good.count / 2)
        // The same bytes as curl's.
        for request in good where request.kind == .segment {
            let whole = try output(
                of: "curl", ["-s", "-o", "/dev/null", "-w", "%{size_download}", site.url(request.path)])
            guard let whole, !test.options.contains("single_file") else { continue }
            #expect(Int64(whole) == request.body.bytes)
        }
        let client = try run.read(HTTPClientSummary.self, from: RunFolder.httpClient)
        #expect(client.failure == nil && client.givenUp == 0)
    }

    @Test func `What is cut short or missing is skipped, and what came of it is there`() throws {
        let test = Self.cases[1]
        let site = try Site(test)
        defer { _ = site.server.terminate(grace: 1_000_000_000) }
        try Directory.removeTree("\(site.scratch.path)/x1.m4s")
        let last = "\(site.scratch.path)/x2.m4s"
        try File.write(Array(File.read(last).dropLast(20_000)), to: last)
        let run = try receive(test, site)
        let received = try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        let video = received.count { $0.stream == .video }
        #expect((31..<60).contains(video))
        let client = try run.read(HTTPClientSummary.self, from: RunFolder.httpClient)
        #expect(client.givenUp == 1)
        let requests = try run.readLines(HTTPRequest.self, from: RunFolder.httpRequests)
        #expect(requests.count { $0.status == 404 && $0.path == "/x1.m4s" } == SessionLimits().attempts)
    }

    @Test func `A server that is not there is given up in a bounded time, in clear words`() throws {
        let test = Case(testDescription: "", manifest: "x.m3u8", options: Self.hls)
        let site = try Site(test)
        _ = site.server.terminate(grace: 1_000_000_000)
        let begin = Clock.monotonic()
        let error = try #require(throws: Worker.Problem.self) { try receive(test, site, patience: .seconds(2)) }
        #expect(error.description.contains("x.m3u8") && error.description.contains("connect"))
        #expect(Clock.monotonic() - begin < 15_000_000_000)
    }
}
