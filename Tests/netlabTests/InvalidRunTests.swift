import LabModel
import LinuxKit
import Testing

/// A run whose link was another than the scenario's is neither passed nor failed. (A host that is too busy:
/// `SideBySideTests`.)
@Suite struct InvalidRunTests {
    private static let overloaded = """
        link: {downlink: {rate: 1mbit, queue: 200ms}}
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit}, audio: none}}
        probes: [{throughput: udp, rate: 1500kbit, before: 4s}]
        """

    private func run(_ place: Workplace, with program: String) throws -> (ChildProcess.Result, RunResult) {
        let scenario = try place.scenario(Self.overloaded)
        var command = InstalledProgram.shared.command(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        command.program = program
        return (try ChildProcess.run(command, timeout: 120_000_000_000), try place.result("test"))
    }

    @Test func `A queue that holds less than was asked makes a run invalid`() throws {
        let place = try Workplace()
        let shorten = "until tc qdisc change dev mid-s parent 2:1 handle 3: bfifo limit 6250; do sleep 0.02; done"
        let program = try InstalledProgram.shared.path(withWorkersBeside: shorten, at: place)
        let (run, result) = try run(place, with: program)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        #expect(result.verdict == .invalid)
        let failed = Set(result.validity.filter { !$0.passed }.map(\.name))
        // As the kernel was read back before or after: its queue is another, or it loses what should have had room.
        #expect(!failed.isDisjoint(with: ["link.downlink.queue", "link.downlink.loss"]), "\(failed)")
        #expect(failed.allSatisfy { $0.hasPrefix("link.downlink.") }, "\(failed)")
    }

    /// The same with nothing that meddles: what the test above sees is the queue.
    @Test func `The same run with the queue that was asked is valid`() throws {
        let place = try Workplace()
        let (run, result) = try run(place, with: InstalledProgram.shared.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        #expect(result.verdict == .pass)
        #expect(result.proofs.contains { $0.property == .queue && $0.judgement == .confirmed })
    }
}
