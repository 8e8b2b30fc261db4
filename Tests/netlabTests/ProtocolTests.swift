import LabModel
import LinuxKit
import RunStore
import Testing

/// Every protocol over the same link, in virtual time.
@Suite struct ProtocolTests {
    private static func scenario(_ name: StreamProtocol, delay: String = "20ms", loss: String = "0%") -> String {
        // What comes in segments and parts is held for longer than one of them.
        let buffer = name == .rtmpHLS ? "2s" : name.http == nil ? "200ms" : "1s"
        return """
            seed: 7
            link:
              downlink: {rate: 4mbit, delay: \(delay), queue: 200ms, loss: \(loss)}
              uplink: {rate: 4mbit, delay: \(delay)}
            pipeline:
              protocol: \(name.rawValue)
              rist: {buffer: 300ms}
              media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
              player: {buffer: \(buffer)}
            """
    }

    /// nginx puts sound into a segment with the picture after it, and leaves out what is behind the last.
    private static func unserved(_ kind: MediaKind, _ name: StreamProtocol) -> Int64 {
        name == .rtmpHLS && kind == .audio ? 1 : 0
    }

    @Test(arguments: StreamProtocol.allCases.filter { $0 != .command })
    func `On a clean link every unit arrives whole, in time and in sync`(_ name: StreamProtocol) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario(name))
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.warnings == [])
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent - Self.unserved($0.stream, name) })
        #expect(result.media.first?.identified == 75 && result.media.first?.misplaced == 0)
        let player = try #require(result.player)
        #expect(player.stalls.isEmpty && player.shown == 75)
        let startup = try #require(player.startup)
        // A segment is there when it is over, and the first lasts two seconds; nginx's list is asked for again.
        #expect((.milliseconds(20)...(.seconds(name == .rtmpHLS ? 5 : name.http == nil ? 1 : 3))).contains(startup))
        let content = try #require(result.sync.first { $0.method == .content })
        #expect(content.magnitudeP95 <= .milliseconds(1))
    }

    @Test(arguments: StreamProtocol.allCases.filter { $0 != .command })
    func `Under loss every unit is accounted for`(_ name: StreamProtocol) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario(name, loss: "3%"))
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.media.map(\.sent) == [75, 141])
        for media in result.media { #expect(media.complete + media.damaged + media.missing == media.sent) }
        // What TCP sends again comes late, and whole.
        if name.travelsByTCP {
            #expect(result.media.allSatisfy { $0.complete == $0.sent - Self.unserved($0.stream, name) })
            #expect(Metric.named("tcp.retransmissions")?.read(result) ?? 0 > 0)
        } else {
            // What is sent again comes in time here.
            #expect(result.media.allSatisfy { $0.complete == $0.sent } == name.repairs)
        }
        #expect(result.link(.downlink)?.lost ?? 0 > 0)
    }

    /// An answer to the last word of a connection takes a round trip more.
    @Test(arguments: StreamProtocol.allCases.filter { $0 != .command })
    func `On a long way nothing is lost, at the end neither`(_ name: StreamProtocol) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario(name, delay: "300ms"))
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        for direction in Direction.allCases { #expect(result.link(direction)?.lost == 0) }
        #expect(result.media.allSatisfy { $0.complete == $0.sent - Self.unserved($0.stream, name) })
    }
}
