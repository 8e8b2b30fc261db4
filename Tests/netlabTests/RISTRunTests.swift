import LabModel
import LinuxKit
import RunStore
import Testing

/// RIST from end to end, in virtual time.
@Suite struct RISTRunTests {
    private static func scenario(_ pipeline: String, downlink: String = "loss: 3%") -> String {
        """
        seed: 7
        link:
          downlink: {rate: 4mbit, delay: 20ms, queue: 200ms, \(downlink)}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: rist
          rist: {\(pipeline)}
          media: {video: {size: 320x180, fps: 25, rate: 800kbit, gop: 1s}, audio: {rate: 64kbit}}
        """
    }

    private func result(_ scenario: String, _ options: String...) throws -> RunResult {
        let place = try Workplace()
        let path = try place.scenario(scenario)
        let run = try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"] + options, in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        return try place.result("test")
    }

    @Test(arguments: RISTPlan.Profile.allCases)
    func `What librist counts at both ends is what the captures show`(_ profile: RISTPlan.Profile) throws {
        let result = try result(Self.scenario("profile: \(profile.rawValue), buffer: 400ms"))
        let rist = try #require(result.rist)
        let repair = try #require(result.repair)
        let (left, came) = (repair.sent, repair.received)
        let data = left.original.packets + left.retransmitted.packets
        // The main profile's RTCP is counted too, but for what left after the last sample.
        let others = profile == .main ? left.control.packets : 0
        let counted = try #require(rist.sent)
        #expect((data + max(others - 10, 0)...data + others).contains(counted))
        #expect(rist.retransmitted == left.retransmitted.packets && left.retransmitted.packets > 0)
        // librist leaves out the first, of which it learns where the flow begins.
        let received = came.original.packets + came.retransmitted.packets
        let given = try #require(rist.received)
        #expect((received - 3...received).contains(given))
        #expect(rist.missing == left.original.packets - came.original.packets)
        #expect(rist.recovered == rist.missing && rist.lost == 0 && repair.lossAfter == 0)
        #expect(rist.requests ?? 0 >= rist.missing ?? 0)
        #expect(result.wire?.mediaPacketsLost == rist.missing)
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        let roundTrip = try #require(rist.roundTrip)
        #expect((.milliseconds(40)...(.milliseconds(60))).contains(roundTrip.p50))
        #expect(result.received?.streams.count == (profile == .simple ? 1 : 0))
        #expect(result.run.warnings == [])
    }

    @Test func `IPv6 carries it too`() throws {
        let result = try result("ip: 6\n" + Self.scenario("buffer: 400ms"))
        #expect(result.media.allSatisfy { $0.complete == $0.sent && $0.sent > 0 })
        #expect(result.rist?.retransmitted == result.repair?.sent.retransmitted.packets)
    }

    @Test func `The same seed gives the same packets at the same times`() throws {
        let captures = try ["Reports", "Reports of another time"].map { folder in
            let place = try Workplace()
            let path = try place.scenario(Self.scenario("buffer: 400ms"))
            let reports = "\(place.path)/\(folder)"
            try InstalledProgram.shared.run(
                ["run", path, "--engine", "virtual", "-q", "--reports", reports], in: place.path)
            let directory = try RunDirectory(existing: "\(reports)/test/latest")
            return try [RunFolder.senderCapture, RunFolder.receiverCapture].map { try File.read(directory.file($0)) }
        }
        #expect(captures[0] == captures[1] && captures[0].allSatisfy { $0.count > 100_000 })
    }

    @Test func `A buffer shorter than a round trip repairs little, and says so`() throws {
        let result = try result(
            Self.scenario("buffer: 50ms"), "--set", "link.downlink.delay=60ms", "--set", "link.uplink.delay=60ms")
        let rist = try #require(result.rist)
        #expect(rist.lost ?? 0 > 0)
        let after = try #require(result.repair?.lossAfter)
        #expect(after > 0 && after <= 0.1)
        #expect(result.media.contains { $0.complete < $0.sent })
    }

    @Test func `What librist's own receiver counts is what the captures show`() throws {
        let place = try Workplace()
        let receiver = #"""
              receiver:
                run: exec ristreceiver -S 200 -i "rist://@$NETLAB_RECEIVER:$NETLAB_PORT?buffer=400" -o udp://127.0.0.1:6000
            """#
        let path = try place.scenario(Self.scenario("buffer: 400ms") + "\n" + receiver)
        let run = try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let (left, came) = (try #require(result.repair?.sent), try #require(result.repair?.received))
        let log = try File.readText(place.latest("test").file("logs/receiver.log"))
        let missing = Self.sum("missing", log)
        #expect(missing > 0 && missing == Int(left.original.packets - came.original.packets))
        #expect(Self.sum("recovered_total", log) == missing && Self.sum("lost", log) == 0)
        // The first tells where the flow begins.
        let arrived = Int(came.original.packets + came.retransmitted.packets)
        #expect((arrived - 3...arrived).contains(Self.sum("received", log)))
        #expect(result.rist?.retransmitted == left.retransmitted.packets)
        #expect(result.rist?.received == nil && result.repair?.lossAfter == nil)
    }

    /// Of a count in all the lines of statistics in a log of librist's tools.
    private static func sum(_ name: String, _ log: String) -> Int {
        log.split(separator: "\n").filter { $0.contains("receiver-stats") }.reduce(0) { sum, line in
            let value = line.split(separator: "\"\(name)\":").dropFirst().first?.prefix(while: \.isNumber)
            return sum + (value.flatMap { Int($0) } ?? 0)
        }
    }

    @Test(arguments: RISTPlan.Profile.allCases)
    func `An outage longer than librist waits costs what it took, and the stream comes back`(
        _ profile: RISTPlan.Profile
    ) throws {
        let outage = "timeline: [{at: 2s, for: 3s, both: {down: silent}}]\n"
        let result = try result(
            outage + Self.scenario("profile: \(profile.rawValue), buffer: 300ms", downlink: "loss: 0%"), "--set",
            "duration=8s")
        let video = try #require(result.media(.video))
        #expect(video.sent == 200 && (100...130).contains(video.complete))
        #expect(result.outages.first?.recovery != nil)
        // What librist counts then is true or not there.
        #expect(result.repair?.lossAfter ?? 0 < 0.6)
        #expect(result.rist?.lost != nil || result.reasonAbsent("repair.loss") != nil)
    }

    @Test func `Where nobody answers, both ends say so in time`() throws {
        let place = try Workplace()
        let path = try place.scenario(Self.scenario("buffer: 300ms", downlink: "loss: 100%"))
        let run = try InstalledProgram.shared.run(["run", path, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        guard case .failed(let reason) = try place.result("test").run.outcome else { throw Unexpected("no failure") }
        #expect(reason.contains("did not connect") && reason.contains("nobody answered in 10.0 s"))
        #expect(try place.latest("test").has(RunFolder.report))
    }

    @Test func `A stream of which nothing arrives ends, and its report says that nothing came`() throws {
        // What is larger than the handshake and RTCP is lost.
        let drop = "match: {udp: 7000, rtp: true}, loss: 100%"
        let result = try result(Self.scenario("profile: simple, buffer: 300ms", downlink: drop))
        #expect(result.media.map(\.complete) == [0, 0] && result.media.allSatisfy { $0.missing == $0.sent })
        #expect(result.player?.startup == nil && result.reasonAbsent("player.startup") != nil)
        #expect(result.rist?.sent ?? 0 > 100 && (result.rist?.received ?? 0) == 0)
        #expect(result.repair?.lossAfter == nil)
    }

    @Test(arguments: ["sender", "receiver"])
    func `An end that dies leaves what was measured until then`(_ role: String) throws {
        let place = try Workplace()
        let path = try place.scenario(Self.scenario("buffer: 300ms"))
        var command = InstalledProgram.shared.command(
            ["run", path, "--set", "duration=8s", "--engine", "virtual", "-q"], in: place.path)
        let killer = "sleep 3; kill -KILL $(grep -lx \(role) /proc/[0-9]*/comm | tr -dc '0-9\\n')"
        command.program = try InstalledProgram.shared.path(withWorkersBeside: killer, at: place)
        let run = try ChildProcess.run(command, timeout: 120_000_000_000)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        guard case .failed(let reason) = result.run.outcome else { throw Unexpected("\(result.run.outcome)") }
        #expect(reason.contains("the \(role) did not reach the end: killed by signal 9"))
        #expect(result.rist?.sent ?? 0 > 50 && result.rist?.received ?? 0 > 50)
        #expect(result.media.contains { $0.complete > 10 })
    }
}
