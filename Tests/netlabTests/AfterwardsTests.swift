import LabModel
import LinuxKit
import RunStore
import Testing

/// What can be done with a run directory once the run is over.
@Suite struct AfterwardsTests {
    /// A run that all of these look at.
    private static let finished: Workplace = {
        do {
            let place = try Workplace()
            let scenario = try place.scenario(
                """
                link: {downlink: {rate: 5mbit, delay: 20ms, jitter: 10ms, loss: 2%}, uplink: {rate: 5mbit}}
                pipeline:
                  media: {video: {size: 320x180, fps: 25, rate: 300kbit}, audio: {rate: 64kbit}}
                """)
            let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
            guard run.status == .success else { throw Unexpected(run.errorText) }
            return place
        } catch {
            fatalError("cannot make the run: \(error)")
        }
    }()

    /// A copy of that run, to be changed.
    private func copy() throws -> (place: Workplace, run: RunDirectory) {
        let place = try Workplace()
        try Shell.run("cp -r \(try Self.finished.latest("test").path) \(place.path)/run")
        return (place, try RunDirectory(existing: "\(place.path)/run"))
    }

    @Test func `Another buffer is tried without streaming again`() throws {
        let (place, run) = try copy()
        let before = try run.read(RunResult.self, from: RunFolder.result)
        let analysis = try InstalledProgram.shared.run(["analyze", run.path, "--buffer", "1s"], in: place.path)
        #expect(analysis.status == .success, "\(analysis.errorText)")
        let after = try run.read(RunResult.self, from: RunFolder.result)
        #expect(after.player?.policy.buffer == .seconds(1))
        let startups = [before.player?.startup, after.player?.startup].compactMap(\.self)
        #expect(startups.count == 2 && startups[0] < startups[1])
        #expect(after.received?.streams.map(\.missing) == before.received?.streams.map(\.missing))
    }

    @Test func `The same analysis twice is identical`() throws {
        let (place, run) = try copy()
        let again = try InstalledProgram.shared.run(["analyze", run.path], in: place.path)
        #expect(again.status == .success)
        let original = try Self.finished.latest("test").path
        let comparison = try InstalledProgram.shared.run(["compare", original, run.path], in: place.path)
        #expect(comparison.status == .success)
        #expect(comparison.outputText.contains("identical"), "\(comparison.outputText)")
    }

    @Test func `A report is made again where there is no media worker`() throws {
        let (place, run) = try copy()
        try File.remove(run.file(RunFolder.report))
        let prefix = InstalledProgram.shared.prefix
        try Shell.run(
            """
            mkdir \(place.path)/bin && cp \(prefix)/bin/netlab \(place.path)/bin/
            ln -s \(prefix)/share \(place.path)/share
            """)
        var command = InstalledProgram.shared.command(["report", run.path], in: place.path)
        command.program = "\(place.path)/bin/netlab"
        #expect(try ChildProcess.run(command).status == .success)
        #expect(run.has(RunFolder.report))
    }

    @Test func `A report is made again from its result`() throws {
        let (place, run) = try copy()
        try File.remove(run.file(RunFolder.report))
        let report = try InstalledProgram.shared.run(["report", run.path], in: place.path)
        #expect(report.status == .success, "\(report.errorText)")
        #expect(run.has(RunFolder.report))
    }

    @Test(arguments: [RunFolder.receiverCapture, RunFolder.senderCapture, RunFolder.sentUnits, RunFolder.queue])
    func `A run directory that lost a file still gives what the others show`(_ file: String) throws {
        let (place, run) = try copy()
        try File.remove(run.file(file))
        let analysis = try InstalledProgram.shared.run(["analyze", run.path], in: place.path)
        #expect(analysis.status == .exited(2), "\(analysis.errorText)")
        let result = try run.read(RunResult.self, from: RunFolder.result)
        #expect(result.verdict == .invalid)
        #expect((result.received ?? result.sent)?.streams.isEmpty == false)
    }

    @Test func `A capture cut in the middle of a packet shows what comes before`() throws {
        let (place, run) = try copy()
        let capture = run.file(RunFolder.receiverCapture)
        let size = try File.size(capture)
        try Shell.run("truncate -s \(size / 2 + 7) \(capture)")
        let analysis = try InstalledProgram.shared.run(["analyze", capture], in: place.path)
        #expect(analysis.status == .exited(65))
        #expect(analysis.outputText.contains("the capture is damaged: after frame"))
        #expect(analysis.outputText.contains("payload type 96"))
    }

    @Test func `RTP's figures are tshark's`() throws {
        let capture = try Self.finished.latest("test").file(RunFolder.receiverCapture)
        let ours = try InstalledProgram.shared.run(["analyze", capture, "--json"], in: "/")
        let theirs = try Shell.run("tshark -q -r \(capture) -d udp.port==5004,rtp -d udp.port==5006,rtp -z rtp,streams")
        for kind in MediaKind.allCases {
            let stream = try #require(try Self.finished.result("test").rtp(kind))
            let line = try #require(
                theirs.outputText.split(separator: "\n").first { $0.contains("0x" + stream.ssrc.hexadecimal) })
            let fields = line.split(separator: " ").map(String.init)
            let lost = try #require(fields.firstIndex { $0.hasPrefix("(") && $0.hasSuffix("%)") })
            #expect(Int64(fields[lost - 2]) == stream.packets)
            #expect(Int64(fields[lost - 1]) == stream.lostRFC3550)
            #expect(ours.outputText.contains("\"ssrc\" : \(stream.ssrc)"))
        }
    }
}

extension UInt32 {
    /// Eight digits.
    fileprivate var hexadecimal: String {
        let digits = String(self, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
