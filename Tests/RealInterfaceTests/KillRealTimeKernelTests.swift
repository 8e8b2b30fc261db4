import Glibc
import LinuxKit
import Testing

/// SIGKILL of netlab at moments that a real clock gives. Needs root in a kernel with everything.
@Suite(.serialized) struct KillRealTimeKernelTests {
    /// From a fixed seed, over the time that a setting takes.
    static let moments: [Int64] = {
        var state: UInt64 = 20_261_121
        return (0..<24).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % 120 * 1_000_000
        }
    }()

    private static let before = "tc qdisc add dev d0 root handle 8001: fq_codel limit 500"

    private func killed(after moment: Int64, _ options: String) throws -> (place: Place, found: String) {
        let place = try Place()
        try place.shell(Self.before)
        let found = try place.state()
        var command = try place.command("--down 5mbit --up 1mbit --replace fq_codel " + options)
        command.output = .null
        command.errors = .null
        let child = try ChildProcess.start(command)
        Clock.sleep(for: moment)
        child.signal(SIGKILL)
        child.wait()
        return (place, found)
    }

    @Test(arguments: moments) func clearMends(after moment: Int64) throws {
        let (place, found) = try killed(after: moment, "--for 1h")
        let cleared = try place.netlab("--clear")
        #expect(cleared.status == .success, "\(cleared.errorText)")
        #expect(try place.state() == found)
    }

    @Test(arguments: moments.prefix(8)) func theGuardReverts(after moment: Int64) throws {
        let (place, found) = try killed(after: moment, "--for 1s")
        Clock.sleep(for: 2_500_000_000)
        #expect(try place.state() == found)
    }

    @Test(arguments: moments.prefix(12)) func aClearThatIsKilledCanBeBegunAgain(after moment: Int64) throws {
        let place = try Place()
        try place.shell(Self.before)
        let found = try place.state()
        #expect(try place.netlab("--down 5mbit --up 1mbit --replace fq_codel").status == .success)
        let child = try ChildProcess.start(place.command("--clear"))
        Clock.sleep(for: moment / 2)
        child.signal(SIGKILL)
        child.wait()
        #expect(try place.netlab("--clear").status == .success)
        #expect(try place.state() == found)
    }
}
