import LabModel
import LinuxKit
import RunStore
import Testing

/// HLS and DASH from the origin through the link to the client, in virtual time.
@Suite struct HTTPRunTests {
    private static func scenario(_ name: HTTPProtocol, _ http: String, rate: String = "4mbit", timeline: String = "")
        -> String
    {
        """
        seed: 7
        duration: 24s
        link:
          downlink: {rate: \(rate), delay: 20ms, queue: 200ms}
          uplink: {rate: 4mbit, delay: 20ms}
        \(timeline)
        pipeline:
          protocol: \(name.rawValue)
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
          http: {\(http)}
        """
    }

    private func run(_ scenario: String) throws -> (Workplace, RunResult) {
        let place = try Workplace()
        let file = "\(place.path)/test.yaml"
        try File.write("name: Test\n" + scenario, to: file)
        let run = try InstalledProgram.shared.run(["run", file, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return (place, try place.result("test"))
    }

    static let forms: [(HTTPProtocol, String)] = [
        (.hls, "container: ts"), (.hls, "container: fmp4"), (.llHLS, ""), (.dash, ""), (.llDASH, ""),
    ]

    @Test(arguments: forms)
    func `The client's bytes are the origin's and the capture's`(_ name: HTTPProtocol, _ http: String) throws {
        let (place, result) = try run(Self.scenario(name, http))
        let directory = try place.latest("test")
        let requests = try directory.readLines(HTTPRequest.self, from: RunFolder.httpRequests)
        let answers = try directory.readLines(OriginRequest.self, from: RunFolder.originRequests)
        #expect(requests.count == answers.count && !requests.isEmpty)
        let received = requests.reduce(0) { $0 + $1.received.bytes }
        #expect(received == answers.reduce(0) { $0 + ($1.bytes?.bytes ?? 0) })
        let capture = directory.file(RunFolder.receiverCapture)
        #expect(try CapturedPayload.bytes(from: 8080, in: capture) == received)
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
        #expect(result.http?.received.bytes == received && result.http?.client?.failure == nil)
    }

    static let ladder = "ladder: [{size: 640x360, rate: 1500kbit}, {size: 320x180, rate: 300kbit}]"

    @Test func `Where the link dips the client goes down, and comes back`() throws {
        let (_, result) = try run(
            Self.scenario(
                .llHLS, Self.ladder,
                timeline: "timeline: [{at: 8s, downlink: {rate: 900kbit}}, {at: 14s, downlink: {rate: 4mbit}}]"))
        let http = try #require(result.http)
        #expect(http.switchCount >= 2 && http.switchCount <= 6)
        #expect(http.shares.count == 2)
        let estimate = try #require(http.estimateRatio)
        #expect((0.6...1.3).contains(estimate.median))
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
    }

    @Test func `A fixed rendition stays`() throws {
        let (_, result) = try run(Self.scenario(.hls, Self.ladder + ", abr: fixed"))
        #expect(result.http?.switchCount == 0 && result.http?.shares.map(\.name) == ["v0"])
    }
}
