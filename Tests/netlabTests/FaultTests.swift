import Glibc
import LabModel
import LinuxKit
import RunStore
import Testing

/// What goes wrong has a clear word, and costs nothing that was already measured.
@Suite struct FaultTests {
    private static let small = """
        link: {downlink: {rate: 5mbit, delay: 20ms}, uplink: {rate: 5mbit}}
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit}, audio: none}}
        """

    @Test(arguments: ["sender", "receiver"])
    func `A worker that dies in mid-run leaves a partial report that says so`(_ role: String) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small.replacing("300kbit", with: "301kbit") + "\n")
        var command = InstalledProgram.shared.command(
            ["run", scenario, "--set", "duration=8s", "--engine", "virtual", "-q"], in: place.path)
        // No other process inside has that name.
        let killer = "sleep 3; kill -KILL $(grep -lx \(role) /proc/[0-9]*/comm | tr -dc '0-9\\n')"
        command.program = try InstalledProgram.shared.path(withWorkersBeside: killer, at: place)
        let run = try ChildProcess.run(command, timeout: 120_000_000_000)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.verdict == .invalid)
        guard case .failed(let reason) = result.run.outcome else { throw Unexpected("\(result.run.outcome)") }
        #expect(reason.contains("the \(role) did not reach the end: killed by signal 9"))
        // What came until then is there.
        #expect(try #require(result.received?.streams.first).packets > 10)
        #expect(try place.latest("test").has(RunFolder.report))
    }

    @Test func `A program that spins in virtual time is named, and what was measured until then is reported`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        var command = InstalledProgram.shared.command(
            ["run", scenario, "--set", "duration=8s", "--engine", "virtual", "--stall-limit", "3", "-q"], in: place.path
        )
        let spinner = "sleep 3; exec sh -c 'while :; do :; done'"
        command.program = try InstalledProgram.shared.path(withWorkersBeside: spinner, at: place)
        let run = try ChildProcess.run(command, timeout: 120_000_000_000)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.verdict == .invalid)
        guard case .failed(let reason) = result.run.outcome else { throw Unexpected("\(result.run.outcome)") }
        #expect(reason.contains("time inside stood still at"))
        #expect(reason.contains("'sh' (process"))
        #expect(try #require(result.received?.streams.first).packets > 10)
        #expect(try place.latest("test").has(RunFolder.report))
        #expect(try Directory.list(place.latest("test").path).allSatisfy { !$0.hasPrefix(".") })
    }

    @Test func `Ctrl-C ends a run that still writes its report`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        let child = try ChildProcess.start(
            InstalledProgram.shared.command(
                ["run", scenario, "--set", "duration=60s", "--engine", "embedded"], in: place.path))
        try awaitEvent("stream", of: place)
        Clock.sleep(for: 2_000_000_000)
        child.signal(SIGINT)
        #expect(child.wait(timeout: 30_000_000_000) == .exited(130))
        let result = try place.result("test")
        #expect(result.run.outcome == .interrupted)
        #expect(result.verdict == .invalid)
        #expect(try #require(result.received?.streams.first).packets > 10)
    }

    @Test func `A second Ctrl-C leaves at once`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        let child = try ChildProcess.start(
            InstalledProgram.shared.command(
                ["run", scenario, "--set", "duration=60s", "--engine", "embedded"], in: place.path))
        try awaitEvent("stream", of: place)
        child.signal(SIGINT)
        child.signal(SIGTERM)
        #expect(child.wait(timeout: 3_000_000_000) == .exited(130))
    }

    private func awaitEvent(_ phase: String, of place: Workplace) throws {
        let deadline = Clock.monotonic() + 60_000_000_000
        while Clock.monotonic() < deadline {
            if let events = try? place.latest("test").readLines(Event.self, from: RunFolder.events),
                events.contains(where: { $0.kind == .phase && $0.message == phase })
            {
                return
            }
            Clock.sleep(for: 50_000_000)
        }
        throw Unexpected("the run never came to '\(phase)'")
    }

    struct Refusal: CustomTestStringConvertible {
        let testDescription: String
        let scenario: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        let status: Int32
        let words: [String]
    }

    @Test(arguments: [
        Refusal(
            testDescription: "no kernel", scenario: small, arguments: ["--engine", "embedded"],
            environment: ["NETLAB_KERNEL": "/nowhere/linux"], status: 3,
            words: ["there is no embedded kernel", "netlab kernel build"]),
        Refusal(
            testDescription: "a media file that is not there", scenario: "pipeline: {media: {file: nowhere.mp4}}",
            status: 65, words: ["test.yaml:3:", "nowhere.mp4"]),
        Refusal(
            testDescription: "a media file that is none", scenario: "pipeline: {media: {file: test.yaml}}", status: 65,
            words: ["cannot read media", "test.yaml"]),
        Refusal(
            testDescription: "a mistake in the scenario", scenario: "link: {downlink: {loss: 140%}}", status: 65,
            words: ["test.yaml:3:25: error:", "140%", "^"]),
        Refusal(
            testDescription: "what would never end in virtual time", scenario: "probes: [{throughput: tcp}]",
            arguments: ["--engine", "virtual"], status: 65,
            words: ["test.yaml:3:10: error:", "never ends in virtual time", "embedded or host"]),
        Refusal(
            testDescription: "a wrong option", scenario: small, arguments: ["--engin", "host"], status: 64,
            words: ["--engin", "--engine"]),
    ])
    func `What cannot be run is refused with its reason and remedy`(_ refusal: Refusal) throws {
        let place = try Workplace()
        let scenario = try place.scenario(refusal.scenario + "\n")
        var command = InstalledProgram.shared.command(["run", scenario] + refusal.arguments, in: place.path)
        command.environment.merge(refusal.environment) { $1 }
        let run = try ChildProcess.run(command, timeout: 60_000_000_000)
        #expect(run.status == .exited(refusal.status), "\(run.outputText)\(run.errorText)")
        for words in refusal.words { #expect((run.errorText + run.outputText).contains(words), "\(run.errorText)") }
    }

    @Test func `A folder of reports that cannot be written is named`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        let run = try InstalledProgram.shared.run(["run", scenario, "--reports", "/proc/reports"], in: place.path)
        #expect(run.status == .exited(2))
        #expect(run.errorText.contains("cannot create /proc/reports"), "\(run.errorText)")
    }

    @Test func `A full disk ends a run with its name, and no crash`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        let run = try Shell.run(
            """
            unshare --user --map-root-user --mount sh -c '
              mkdir -p \(place.path)/small && mount -t tmpfs -o size=600k tmpfs \(place.path)/small || exit 99
              cd \(place.path) && exec \(InstalledProgram.shared.path) run \(scenario) --engine virtual --reports small'
            """,
            environment: [
                "NETLAB_KERNEL": InstalledProgram.shared.kernel,
                "XDG_CACHE_HOME": "\(InstalledProgram.shared.prefix)/cache",
            ])
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        #expect((run.outputText + run.errorText).contains("no space left on device"), "\(run.errorText)")
    }
}

/// Something that a test did not reckon with.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
