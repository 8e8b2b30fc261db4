import LabModel
import LinuxKit
import RunStore
import Testing

/// HLS and DASH from the origin through the link to the client, in virtual time.
@Suite struct HTTPRunTests {
    private static func scenario(
        _ name: StreamProtocol, _ http: String, rate: String = "4mbit", also more: String = ""
    ) -> String {
        """
        seed: 7
        duration: 24s
        link:
          downlink: {rate: \(rate), delay: 20ms, queue: 200ms}
          uplink: {rate: 4mbit, delay: 20ms}
        \(more)
        pipeline:
          protocol: \(name.rawValue)
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
          http: {\(http)}
        """
    }

    private func run(_ scenario: String, _ settings: String...) throws -> (Workplace, RunResult) {
        let place = try Workplace()
        let file = "\(place.path)/test.yaml"
        try File.write("name: Test\n" + scenario, to: file)
        let run = try InstalledProgram.shared.run(
            ["run", file, "--engine", "virtual", "-q"] + settings.flatMap { ["--set", $0] }, in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return (place, try place.result("test"))
    }

    struct Form: CustomTestStringConvertible, Sendable {
        let `protocol`: StreamProtocol
        var http = ""
        var version = 4
        var testDescription: String { "\(`protocol`.rawValue) \(http) over IPv\(version)" }
    }

    static let forms = [
        Form(protocol: .hls, http: "container: ts"), Form(protocol: .hls), Form(protocol: .llHLS),
        Form(protocol: .dash), Form(protocol: .llDASH), Form(protocol: .rtmpHLS),
        Form(protocol: .hls, version: 6), Form(protocol: .llDASH, version: 6), Form(protocol: .rtmpHLS, version: 6),
    ]

    @Test(arguments: forms)
    func `The client's bytes are the origin's and the capture's`(_ form: Form) throws {
        let (place, result) = try run(
            Self.scenario(form.protocol, form.http, also: "ip: \(form.version)"), "duration=9s")
        let directory = try place.latest("test")
        let requests = try directory.readLines(HTTPRequest.self, from: RunFolder.httpRequests)
        let answers = try directory.readLines(OriginRequest.self, from: RunFolder.originRequests)
        #expect(requests.count == answers.count && requests.count > 6)
        var rest = Dictionary(grouping: answers.sorted { $0.time < $1.time }.reversed(), by: \.target)
        for request in requests.sorted(by: { $0.start < $1.start }) {
            let found = rest[request.path]?.popLast()
            let answer = try #require(found)
            #expect(answer.body == request.body && answer.bytes == request.received)
            #expect(answer.status == request.status && answer.request == request.sent)
            // nginx's clock has milliseconds.
            #expect(answer.time > request.start - .milliseconds(1) && answer.time - request.start < .seconds(1))
        }
        let received = requests.reduce(0) { $0 + $1.received.bytes }
        let capture = directory.file(RunFolder.receiverCapture)
        #expect(try CapturedPayload.bytes(from: 8080, in: capture) == received)
        #expect(try Self.bodies(in: capture, scratch: place.path) == requests.reduce(0) { $0 + $1.body.bytes })
        let origin = try #require(result.http?.origin)
        #expect(origin.bytes?.bytes == received && origin.captured?.bytes == received && origin.unanswered == 0)
        #expect(result.http?.received.bytes == received && origin.body == result.http?.body)
        #expect(result.http?.client?.failure == nil && !origin.slowest.isEmpty)
        // nginx leaves out the sound behind the last picture.
        #expect(result.media.allSatisfy { $0.sent - $0.complete <= (form.protocol == .rtmpHLS ? 1 : 0) })
    }

    /// Of the answers in a capture, as tshark puts them together.
    private static func bodies(in capture: String, scratch: String) throws -> Int64 {
        let folder = "\(scratch)/bodies"
        let sizes = try Shell.run(
            "mkdir '\(folder)' && tshark -q -r '\(capture)' -o tcp.reassemble_out_of_order:TRUE"
                + " --export-objects 'http,\(folder)' && cat '\(folder)'/* | wc -c")
        return Int64(sizes.outputText.filter(\.isNumber)) ?? -1
    }

    static let ladder = "ladder: [{size: 640x360, rate: 1500kbit}, {size: 320x180, rate: 300kbit}]"

    @Test func `Where the link dips the client goes down, and comes back`() throws {
        let (_, result) = try run(
            Self.scenario(
                .llHLS, Self.ladder,
                also: "timeline: [{at: 8s, downlink: {rate: 900kbit}}, {at: 14s, downlink: {rate: 4mbit}}]"))
        let http = try #require(result.http)
        #expect((2...6).contains(try #require(http.switchCount)))
        #expect(http.shares.count == 2)
        let estimate = try #require(http.estimateRatio)
        #expect((0.6...1.3).contains(estimate.median))
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
    }

    @Test(arguments: [StreamProtocol.hls, .dash])
    func `Of short segments the estimate is the link's rate, not slow start's`(_ name: StreamProtocol) throws {
        let (_, result) = try run(Self.scenario(name, "segment: 1s", rate: "2mbit"), "duration=10s")
        let (estimate, transfer) = (result.http?.estimateRatio, result.http?.transferRatio)
        #expect((0.95...1.01).contains(try #require(estimate).median))
        #expect(try #require(transfer).median < 0.9)
    }

    @Test(arguments: [StreamProtocol.llHLS, .llDASH])
    func `Where a round trip takes as long as a part, low latency keeps up`(_ name: StreamProtocol) throws {
        let (_, result) = try run(
            Self.scenario(name, "segment: 1s, part: 200ms"), "duration=10s", "pipeline.player.buffer=300ms",
            "link.downlink.delay=100ms", "link.uplink.delay=100ms")
        let player = try #require(result.player)
        #expect(player.stalls.isEmpty && player.shown == 250)
        #expect(try #require(player.liveLatency).p95 < .seconds(2))
        #expect(result.http?.client?.skips == 0)
    }

    @Test func `A fixed rendition stays`() throws {
        let (_, result) = try run(Self.scenario(.hls, Self.ladder + ", abr: fixed"))
        #expect(result.http?.switchCount == 0 && result.http?.shares.map(\.name) == ["v0"])
    }
}
