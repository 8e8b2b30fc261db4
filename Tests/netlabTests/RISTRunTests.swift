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
}
