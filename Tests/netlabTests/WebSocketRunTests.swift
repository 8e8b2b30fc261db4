import LabModel
import LinuxKit
import RunStore
import Testing

/// Fragmented MP4 in WebSocket messages from end to end, in virtual time.
@Suite struct WebSocketRunTests {
    private static func scenario(loss: String) -> String {
        """
        seed: 7
        link:
          downlink: {rate: 4mbit, delay: 20ms, queue: 200ms, loss: \(loss)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: ws
          ws: {container: fmp4}
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {codec: opus, rate: 64kbit}}
        """
    }

    @Test(arguments: ["0%", "3%"])
    func `Every access unit comes whole, in a message of its own`(_ loss: String) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario(loss: loss))
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.warnings == [])
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        #expect(result.media.first?.identified == 75 && result.media.first?.misplaced == 0)
        #expect(result.absences.contains(Absence("ts", because: "ws carries no MPEG-TS")))
        let capture = try place.latest("test").file(RunFolder.receiverCapture)
        let shown = try Shell.run("tshark -r \(capture) -Y 'websocket.opcode == 2' -T fields -e websocket.opcode")
        let messages = shown.outputText.split(whereSeparator: { $0 == "\n" || $0 == "," }).count
        // tshark finds a message again in a segment that came twice or late.
        if loss == "0%" { #expect(Int64(messages) == result.media.reduce(1) { $0 + $1.sent }) }
        guard loss == "0%" else { return }
        let content = try #require(result.sync.first { $0.method == .content })
        #expect(content.magnitudeP95 <= .milliseconds(1))
    }
}
