import LabModel
import LinuxKit
import RunStore
import Testing

/// The same scenario on each engine. In real time a busy machine may make a run invalid, never wrong.
@Suite struct EngineRunTests {
    private static let clean = """
        link:
          downlink: {rate: 20mbit, delay: 10ms}
          uplink: {rate: 20mbit, delay: 10ms}
        pipeline:
          media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: {rate: 64kbit}}
        """

    private func check(_ place: Workplace, _ engine: EngineKind) throws {
        let result = try place.result("test")
        #expect(result.run.outcome == .completed)
        #expect(result.run.engine == engine)
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent })
        #expect(result.media.first?.identified == 75)
        #expect(result.run.workers.map(\.role) == ["sender", "receiver"])
        // In virtual time computing takes none.
        if engine == .embedded { #expect(result.run.workers.allSatisfy { $0.cpu ?? .zero > .zero }) }
        if engine == .virtual { #expect(result.run.workers.allSatisfy { $0.cpu == nil }) }
        let delay = try #require(result.link(.downlink)?.delay?.p50.seconds)
        #expect((0.010...0.030).contains(delay))
        for name in [RunFolder.report, RunFolder.junit, RunFolder.events, RunFolder.queue] {
            #expect(try place.latest("test").has(name), "\(name)")
        }
    }

    @Test(arguments: [EngineKind.embedded, .virtual])
    func `The embedded kernel runs a scenario`(_ engine: EngineKind) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.clean)
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", engine.rawValue], in: place.path)
        let invalid = LinuxKit.ExitStatus.exited(2)
        #expect(run.status == .success || engine == .embedded && run.status == invalid, "\(run.outputText)")
        try check(place, engine)
    }

    /// The host's own kernel may lack netem; the embedded one is a host that has it.
    @Test func `The host engine runs a scenario, inside a kernel that has netem`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.clean)
        let inner = [
            InstalledProgram.shared.path, "run", scenario, "--engine", "host", "--reports", "\(place.path)/Reports",
        ]
        // The media is made outside: the inner side may write to this folder only.
        let outer = ["kernel", "run", "--virtual", "--writable", place.path, "--"]
        var command = InstalledProgram.shared.command(outer + inner, in: place.path)
        command.environment["XDG_CACHE_HOME"] = place.path
        let run = try ChildProcess.run(command, timeout: 180_000_000_000)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        try check(place, .host)
    }

    @Test func `Two runs at once do not disturb each other`() throws {
        let places = [try Workplace(), try Workplace()]
        let children = try places.map { place in
            var command = InstalledProgram.shared.command(
                ["run", try place.scenario(Self.clean), "--engine", "virtual", "-q"], in: place.path)
            command.output = .null
            return try ChildProcess.start(command)
        }
        for child in children { #expect(child.wait(timeout: 120_000_000_000) == .success) }
        for place in places { try check(place, .virtual) }
    }

    @Test func `An ordinary user without a home runs a scenario`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.clean)
        let reports = try Directory.makeUnique("/tmp/netlab-nobody-")
        defer { try? Directory.removeTree(reports) }
        let user = Host.userID == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
        let run = try Shell.run(
            """
            chmod 755 \(place.path); chmod 777 \(reports); cd /
            exec \(user) env -i PATH="$PATH" NETLAB_KERNEL=\(InstalledProgram.shared.kernel) TMPDIR=\(reports) \
            \(InstalledProgram.shared.path) run \(scenario) --engine virtual --reports \(reports)
            """)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let directory = try RunDirectory(existing: "\(reports)/test/latest")
        #expect(try directory.read(RunResult.self, from: RunFolder.result).verdict == .pass)
    }
}
