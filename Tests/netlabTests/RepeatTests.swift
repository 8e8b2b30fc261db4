import Glibc
import LabModel
import LinuxKit
import RunStore
import Testing

/// In virtual time a run repeats: the same packets at the same nanoseconds, on an idle and on a busy machine.
@Suite(.serialized) struct RepeatTests {
    private static let scenario = """
        seed: 7
        link:
          downlink: {rate: 2mbit, delay: 20ms, jitter: 5ms, loss: 2%, queue: 100ms}
          uplink: {rate: 1mbit, delay: 20ms, loss: 1%}
        timeline:
          - {at: 1s, downlink: {rate: 500kbit}}
        pipeline:
          media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: {rate: 64kbit}}
        probes:
          - {throughput: tcp, before: 1s}
          - {latency: 50ms}
        """

    /// A run, and what both captures hold, byte by byte.
    private struct Outcome {
        let place: Workplace
        let directory: RunDirectory
        let captures: [[UInt8]]
    }

    /// Runs it in a folder of its own, so that no path is the same. Its depth is: see ARCHITECTURE.md.
    private func run(_ more: [String] = [], folder: String = "Reports") throws -> Outcome {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario)
        let arguments = ["run", scenario, "-q", "--engine", "virtual", "--reports", "\(place.path)/\(folder)"]
        _ = try InstalledProgram.shared.run(arguments + more, in: place.path)
        let directory = try RunDirectory(existing: "\(place.path)/\(folder)/test/latest")
        let captures = try [RunFolder.senderCapture, RunFolder.receiverCapture].map {
            try File.read(directory.file($0))
        }
        return Outcome(place: place, directory: directory, captures: captures)
    }

    /// Keeps every processor busy while `body` runs.
    private func underLoad<R>(_ body: () throws -> R) throws -> R {
        let spinners = try (0..<Host.processors * 2).map { _ in
            try ChildProcess.start(LinuxKit.Command("/bin/sh", ["-c", "while :; do :; done"]))
        }
        defer { for spinner in spinners { spinner.signal(SIGKILL) } }
        return try body()
    }

    /// The last line that `netlab compare` prints.
    private func comparison(_ one: Outcome, _ other: Outcome) throws -> String {
        let compared = try InstalledProgram.shared.run(
            ["compare", one.directory.path, other.directory.path], in: one.place.path)
        return String(compared.outputText.split(separator: "\n").last ?? "")
    }

    @Test func `the same seed gives the same packets at the same times, on a busy machine too`() throws {
        let idle = try run()
        let busy = try underLoad { try run(folder: "another name of the reports") }
        let result = try idle.directory.read(RunResult.self, from: RunFolder.result)
        #expect(result.run.outcome == .completed)
        // Without loss there would be nothing random to repeat.
        #expect((result.link(.downlink)?.lost ?? 0) > 0)
        #expect(idle.captures == busy.captures)
        #expect(try comparison(idle, busy).hasPrefix("identical"))
    }

    @Test func `another seed gives other losses`() throws {
        let one = try run()
        let other = try run(["--set", "seed=8"])
        #expect(one.captures != other.captures)
        let found = try comparison(one, other)
        #expect(found.hasPrefix("different in: "))
        #expect(found.contains("links[]"))
    }
}
