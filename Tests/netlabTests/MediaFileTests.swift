import LabModel
import LinuxKit
import RunStore
import Testing

/// Users' media files over HTTP, in virtual time.
@Suite struct MediaFileTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        let `protocol`: StreamProtocol
        var http = ""
        var testDescription: String { "\(file) by \(`protocol`.rawValue) \(http)" }
    }

    static let cases = [
        Case(file: "irregular.mp4", protocol: .hls, http: "container: ts"),
        Case(file: "irregular.mp4", protocol: .hls),
        Case(file: "negative.mp4", protocol: .llHLS),
        Case(file: "irregular.mp4", protocol: .dash),
        Case(file: "irregular.mp4", protocol: .llDASH),
        Case(file: "regular.mkv", protocol: .dash),
        Case(file: "regular.mkv", protocol: .llDASH),
        Case(file: "long.mp4", protocol: .llHLS),
        Case(file: "long.mp4", protocol: .dash),
    ]

    @Test(arguments: cases)
    func `Every frame is shown, and none is asked for before it is there`(_ test: Case) throws {
        let place = try Workplace()
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        try Shell.run("python3 '/\(tests)/Fixtures/make-media.py' '\(place.path)' \(test.file)")
        let scenario = try place.scenario(
            """
            seed: 7
            link:
              downlink: {rate: 4mbit, delay: 20ms, queue: 200ms}
              uplink: {rate: 4mbit, delay: 20ms}
            pipeline:
              protocol: \(test.protocol.rawValue)
              media: {file: \(test.file)}
              http: {\(test.http)}
              player: {buffer: 1s}
            """)
        let run = try InstalledProgram.shared.run(
            ["run", scenario, "--set", "duration=12s", "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.warnings == [])
        #expect(result.media.allSatisfy { $0.complete == $0.sent } && result.media.first?.sent == 300)
        #expect(result.player?.shown == 300)
        let (http, start) = (try #require(result.http), try #require(result.run.streamStart))
        // That a stream is over DASH's client may hear only after it asked for more.
        #expect(http.failures.allSatisfy { $0.status == 404 && $0.start > start + .seconds(12) })
        #expect(http.client?.givenUp == 0 && http.client?.skips == 0)
    }
}
