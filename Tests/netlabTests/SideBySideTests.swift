import FoundationEssentials
import Glibc
import LabModel
import LinuxKit
import RunStore
import Testing

/// Several runs of one command, in kernels of their own.
@Suite(.enabled(if: Host.allowedProcessors.count > 1, "side by side takes two processors")) struct SideBySideTests {
    /// Two runs of one scenario, told apart by their delay.
    private static let pair = """
        link: {downlink: {rate: 5mbit, delay: 20ms}, uplink: {rate: 5mbit}}
        matrix: {link.downlink.delay: [10ms, 30ms]}
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: none}}
        """

    private func command(_ place: Workplace, _ arguments: [String]) throws -> LinuxKit.Command {
        let scenario = try place.scenario(Self.pair)
        return InstalledProgram.shared.command(["run", scenario, "--jobs", "2"] + arguments, in: place.path)
    }

    private func results(_ json: String) throws -> [RunResult] {
        try JSONDecoder().decode([RunResult].self, from: Data(json.utf8))
    }

    /// The run directories of the pair, in the order in which they were made.
    private func directories(_ place: Workplace) throws -> [RunDirectory] {
        let folder = "\(place.path)/Reports/test"
        guard File.exists(folder) else { return [] }
        let names = try Directory.list(folder).filter { name in
            !["latest", "matrix-", ".new-"].contains { name.contains($0) }
        }
        return try names.map { try RunDirectory(existing: "\(folder)/\($0)") }
    }

    @Test func `Two runs side by side are told in their order`() throws {
        let place = try Workplace()
        let run = try ChildProcess.run(
            command(place, ["--engine", "virtual", "--json", "--junit", "ci/junit.xml", "--summary", "ci/summary.md"]),
            timeout: 180_000_000_000)
        #expect(run.status == .success, "\(run.errorText)")
        let results = try results(run.outputText)
        #expect(results.map { $0.plan.variant.map(\.value) } == [["10ms"], ["30ms"]])
        #expect(results.allSatisfy { $0.verdict == .pass && !$0.series.isEmpty })
        #expect(results.map(\.run.harness.neighbours) == [1, 1])
        let delays = results.compactMap { $0.link(.downlink)?.delay?.p50.milliseconds }
        #expect(delays.count == 2 && (10...20).contains(delays[0]) && (30...40).contains(delays[1]))
        let junit = try File.readText("\(place.path)/ci/junit.xml")
        let summary = try File.readText("\(place.path)/ci/summary.md")
        for text in [junit, summary] {
            let first = try #require(text.firstRange(of: "delay: 10ms"))
            let second = try #require(text.firstRange(of: "delay: 30ms"))
            #expect(first.lowerBound < second.lowerBound)
        }
        #expect(try directories(place).count == 2)
    }

    @Test func `Media that both need is made once`() throws {
        let place = try Workplace()
        let run = try ChildProcess.run(
            command(place, ["--engine", "virtual", "-q", "--set", "pipeline.media.video.rate=317kbit"]),
            timeout: 180_000_000_000)
        #expect(run.status == .success, "\(run.errorText)")
        let makers = try directories(place).filter { directory in
            let events = try directory.readLines(Event.self, from: RunFolder.events)
            return events.contains { $0.kind == .worker && $0.message.contains("making the media") }
        }
        #expect(makers.count == 1)
    }

    @Test func `A log keeps the runs apart, and ends with a line for each`() throws {
        let place = try Workplace()
        let run = try ChildProcess.run(command(place, ["--engine", "virtual"]), timeout: 180_000_000_000)
        #expect(run.status == .success, "\(run.errorText)")
        let log = run.errorText.split(separator: "\n")
        let second = try #require(log.firstIndex { $0.contains("=30ms: ") })
        #expect(second > 3 && log[..<second].allSatisfy { $0.contains("=10ms: ") })
        #expect(log[second...].allSatisfy { $0.contains("=30ms: ") })
        let lines = run.outputText.split(separator: "\n")
        let count = try #require(lines.firstIndex { $0.hasPrefix("2 passed; 2 runs in ") })
        #expect(lines[count - 2].contains("delay: 10ms") && lines[count - 2].contains("passed"))
    }

    @Test func `A run whose kernel dies takes no other along`() throws {
        let place = try Workplace()
        var command = try command(place, ["--engine", "embedded", "--json", "--set", "duration=15s"])
        command.output = .pipe
        let child = try ChildProcess.start(command)
        let killed = try killOneKernel(of: place, under: child)
        let output = try child.takeOutput()?.readAll() ?? []
        #expect(child.wait() == .exited(2))
        let results = try results(String(decoding: output, as: UTF8.self))
        #expect(results.count == 2)
        let victim = try killed.read(RunResult.self, from: RunFolder.result)
        guard case .failed(let reason) = victim.run.outcome else { throw Unexpected("\(victim.run.outcome)") }
        #expect(reason.contains("ended from outside"))
        #expect(victim.verdict == .invalid)
        // On a busy machine the other one may be invalid all the same, but it is whole.
        #expect(results.count { $0.run.outcome == .completed } == 1)
    }

    /// Kills the kernel of one of the pair once both stream, and returns that one's run directory.
    private func killOneKernel(of place: Workplace, under netlab: ChildProcess) throws -> RunDirectory {
        try wait("both stream") { try directories(place).count { hasBegun("stream", $0) } == 2 }
        let victim = try #require(try directories(place).first)
        // The other's name begins with this one's: what follows tells them apart.
        let kernel = try Directory.list("/proc").compactMap(Int32.init).first { pid in
            guard let words = try? File.readText("/proc/\(pid)/cmdline"),
                let status = try? File.readText("/proc/\(pid)/status")
            else { return false }
            return words.contains("\(victim.path)/") && status.contains("PPid:\t\(netlab.pid)\n")
        }
        #expect(kill(try #require(kernel), SIGKILL) == 0)
        return victim
    }

    @Test func `A run that cannot be made takes no other along`() throws {
        let place = try Workplace()
        let bad = try place.scenario("pipeline: {media: {file: bad.yaml}}\n", name: "bad")
        let good = try place.scenario(Self.pair)
        let run = try InstalledProgram.shared.run(
            ["run", bad, good, "--jobs", "2", "--engine", "virtual", "-q", "--junit", "junit.xml"], in: place.path)
        #expect(run.status == .exited(65))
        #expect(run.errorText.contains("cannot read media"), "\(run.errorText)")
        #expect(run.outputText.contains("2 passed, 1 invalid; 3 runs"), "\(run.outputText)")
        #expect(try File.readText("\(place.path)/junit.xml").contains("cannot read media"))
    }

    @Test func `Ctrl-C ends both, and both write their reports`() throws {
        let place = try Workplace()
        var command = try command(place, ["--engine", "embedded", "--set", "duration=60s"])
        command.output = .null
        command.errors = .null
        let child = try ChildProcess.start(command)
        try wait("both stream") { try directories(place).count { hasBegun("stream", $0) } == 2 }
        Clock.sleep(for: 1_000_000_000)
        child.signal(SIGINT)
        #expect(child.wait(timeout: 60_000_000_000) == .exited(130))
        let results = try directories(place).map { try $0.read(RunResult.self, from: RunFolder.result) }
        #expect(results.map(\.run.outcome) == [.interrupted, .interrupted])
        for directory in try directories(place) { #expect(directory.has(RunFolder.report)) }
    }

    /// A host whose every processor has a program that never waits; other tests come before it.
    @Test func `In real time a run on a busy host is tried again alone`() throws {
        let place = try Workplace()
        let spinners = try Host.allowedProcessors.map { number in
            var command = LinuxKit.Command("/bin/sh", ["-c", "renice -n 19 $$ >/dev/null; while :; do :; done"])
            command.processor = number
            return try ChildProcess.start(command)
        }
        defer { for spinner in spinners { spinner.signal(SIGKILL) } }
        let run = try ChildProcess.run(command(place, ["--engine", "embedded"]), timeout: 300_000_000_000)
        let folders = try directories(place)
        #expect(folders.count == 4, "\(run.outputText)\(run.errorText)")
        let results = try folders.map { try $0.read(RunResult.self, from: RunFolder.result) }
        for (index, result) in results.prefix(2).enumerated() {
            #expect(result.verdict == .invalid)
            #expect(result.run.harness.neighbours == 1 && result.run.harness.earlierTry == nil)
            let again = try #require(results.suffix(2).first { $0.plan == result.plan })
            let earlier = try #require(again.run.harness.earlierTry)
            #expect(earlier.folder == folders[index].path.split(separator: "/").last.map(String.init))
            #expect(earlier.neighbours == 1 && again.run.harness.neighbours == 0)
            #expect(earlier.findings.contains { $0.hasPrefix("the processors were busy") }, "\(earlier.findings)")
        }
        #expect(run.errorText.contains("tried again alone"), "\(run.errorText)")
        #expect(run.outputText.contains("Second try  made alone"), "\(run.outputText)")
    }

    private func hasBegun(_ phase: String, _ directory: RunDirectory) -> Bool {
        let events = try? directory.readLines(Event.self, from: RunFolder.events)
        return events?.contains { $0.kind == .phase && $0.message == phase } ?? false
    }

    private func wait(_ words: String, until isSo: () throws -> Bool) throws {
        let deadline = Clock.monotonic() + 60_000_000_000
        while try !isSo() {
            if Clock.monotonic() > deadline { throw Unexpected("it never came to that: \(words)") }
            Clock.sleep(for: 20_000_000)
        }
    }
}
