import LabModel
import LinuxKit
import RunStore
import Testing

/// SRT from end to end, in virtual time.
@Suite struct SRTRunTests {
    private static func scenario(_ pipeline: String, downlink: String = "loss: 3%") -> String {
        """
        seed: 7
        link:
          downlink: {rate: 4mbit, delay: 20ms, queue: 200ms, \(downlink)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: srt
          srt: {\(pipeline)}
          media: {video: {size: 320x180, fps: 25, rate: 800kbit, gop: 1s}, audio: {rate: 64kbit}}
        """
    }

    private func run(_ scenario: String, _ options: [String]) throws -> (place: Workplace, result: RunResult) {
        let place = try Workplace()
        let path = try place.scenario(scenario)
        let run = try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"] + options, in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return (place, try place.result("test"))
    }

    private func result(_ scenario: String, _ options: String...) throws -> RunResult {
        try run(scenario, options).result
    }

    @Test(arguments: [(300, true), (20, false)])
    func `What libsrt gives out is checked by TR 101 290`(_ latency: Int, _ isRepaired: Bool) throws {
        let (place, result) = try run(Self.scenario("latency: \(latency)ms, passphrase: correct horse"), [])
        let stream = try #require(result.transportStream(.receiver))
        let broken = try #require(stream.errors(.continuity))
        #expect(isRepaired ? broken == 0 : broken > 0)
        #expect(stream.clocks.first?.references ?? 0 > 30)
        // Each datagram is a frame to others too.
        let capture = try place.latest("test").file(RunFolder.delivered)
        let frames = try Shell.run("tshark -r \(capture) -T fields -e frame.len").outputText.split(separator: "\n")
        #expect(stream.packets == frames.reduce(0) { $0 + (Int64($1) ?? 0) / 188 })
        #expect(!result.absences.contains { $0.figure == "ts" })
    }

    @Test func `What libsrt counts at both ends is what the captures show`() throws {
        let result = try result(Self.scenario("latency: 250ms"))
        let (sent, received) = (try #require(result.srt?.sender?.sent), try #require(result.srt?.receiver?.received))
        let repair = try #require(result.repair)
        let (left, came) = (repair.sent, repair.received)
        #expect(sent.packets == left.original.packets + left.retransmitted.packets)
        #expect(sent.unique == left.original.packets)
        #expect(sent.retransmitted == left.retransmitted.packets && sent.retransmitted > 0)
        // libsrt counts 44 bytes of headers, a capture the 14 of Ethernet too.
        #expect(sent.bytes.bytes == left.original.bytes.bytes + left.retransmitted.bytes.bytes - 14 * sent.packets)
        #expect(received.packets == came.original.packets + came.retransmitted.packets)
        #expect(received.retransmitted == came.retransmitted.packets)
        // Without reordering, what is missing when the next comes was lost.
        #expect(received.lost == left.original.packets - came.original.packets && received.lost > 0)
        let wire = try #require(result.wire)
        #expect(wire.mediaPackets == sent.unique && wire.mediaPacketsLost == received.lost)
        #expect(wire.bytes(for: .retransmission) == left.retransmitted.bytes)
        #expect(received.dropped == 0 && repair.lossAfter == 0)
        #expect(received.unique == sent.unique)
        let names = Set(result.series.map(\.name))
        #expect(
            names.isSuperset(of: [
                "repair.rtt", "repair.rate", "repair.retransmitted.rate", "repair.sender.buffer",
                "repair.receiver.buffer",
            ]))
        let roundTrip = try #require(result.srt?.roundTrip)
        #expect((.milliseconds(40)...(.milliseconds(60))).contains(roundTrip.p50))
    }

    @Test(arguments: [
        "mode: listener, streamid: \"#!::r=camera 1,m=publish\"", "mode: rendezvous",
        "mode: caller, passphrase: correct horse battery, streamid: camera",
    ])
    func `Every way to connect gives the same stream`(_ pipeline: String) throws {
        let result = try result(Self.scenario(pipeline + ", latency: 300ms"))
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        #expect(result.srt?.sender?.latency == .milliseconds(300))
        #expect(result.run.warnings == [])
    }

    @Test func `IPv6 carries it too`() throws {
        let result = try result("ip: 6\n" + Self.scenario("latency: 300ms"))
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        #expect(result.repair?.sent.original.packets == result.srt?.sender?.sent.unique)
    }

    @Test func `What is lost at the very end is repaired too`() throws {
        let outage = "timeline: [{at: 2900ms, for: 99ms, downlink: {down: true}}]\n"
        let result = try result(outage + Self.scenario("latency: 400ms", downlink: "loss: 0%"))
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        let (sent, received) = (result.srt?.sender?.sent, result.srt?.receiver?.received)
        #expect(try #require(sent?.retransmitted) > 0 && sent?.unique == received?.unique)
        #expect(result.repair?.lossAfter == 0)
    }

    @Test func `A latency shorter than a round trip repairs little, and says so`() throws {
        let result = try result(Self.scenario("latency: 20ms"))
        let received = try #require(result.srt?.receiver?.received)
        #expect(received.dropped > 0 && received.belated > 0)
        let after = try #require(result.repair?.lossAfter)
        #expect(after > 0 && after <= 0.1)
        #expect(result.media.contains { $0.complete < $0.sent })
    }

    @Test func `An outage longer than libsrt waits breaks the connection, and the report says when`() throws {
        let outage = "timeline: [{at: 1s, for: 8s, both: {down: true}}]\n"
        let result = try result(outage + Self.scenario("latency: 120ms", downlink: "loss: 0%"), "--set", "duration=10s")
        #expect(
            result.run.warnings.contains {
                $0.contains("datagrams were refused") && $0.contains("the connection is lost")
            })
        let video = try #require(result.media(.video))
        #expect(video.sent == 250 && (20...30).contains(video.complete))
    }
}
