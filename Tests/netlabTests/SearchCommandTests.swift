import FoundationEssentials
import Glibc
import LabModel
import LinuxKit
import RunStore
import Testing

/// Searches with real runs, in virtual time.
@Suite struct SearchCommandTests {
    /// About 120 packets of video in three seconds.
    private static let small = """
        link: {downlink: {rate: 5mbit, delay: 10ms}, uplink: {rate: 5mbit}}
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: none}}
        expect: [rtp.video.loss > 100%]
        """

    private func search(
        _ place: Workplace, _ from: String, _ to: String, until: String, _ more: [String] = []
    ) throws -> LinuxKit.Command {
        let scenario = try place.scenario(Self.small)
        let range = ["--vary", "link.downlink.loss", "--from", from, "--to", to, "--until", until]
        return InstalledProgram.shared.command(["search", scenario] + range + more, in: place.path)
    }

    private func result(_ json: String) throws -> SearchResult {
        try JSONDecoder().decode(SearchResult.self, from: Data(json.utf8))
    }

    /// Half of all runs lose more packets than the link is asked to.
    @Test func `finds the loss at which more packets are missing than allowed`() throws {
        let place = try Workplace()
        let run = try ChildProcess.run(
            search(
                place, "24%", "0%", until: "rtp.video.loss <= 6%",
                ["--repeats", "2", "--precision", "3%", "--jobs", "2", "--engine", "virtual"]),
            timeout: 300_000_000_000)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let folder = "\(place.path)/Reports/test/latest-search"
        let result = try result(try File.readText("\(folder)/search.json"))
        #expect(result.finding.outcome == .found)
        let threshold = try #require(result.finding.threshold)
        #expect((threshold.low.value...threshold.high.value).contains(threshold.estimate.value))
        #expect((0.0299...0.1201).contains(threshold.estimate.value), "\(threshold)")
        #expect(threshold.holdsAt.text == "0%")
        #expect(Set(result.trials.map(\.seed)).count == result.trials.count)
        let page = try File.readText("\(folder)/search.html")
        for trial in result.trials {
            let report = "\(try #require(trial.folder))/report.html"
            #expect(File.exists("\(folder)/\(report)"))
            #expect(page.contains("href=\"\(report)\""))
        }
        #expect(run.outputText.contains("Threshold found  'rtp.video.loss <= 6%' holds up to link.downlink.loss = "))
        #expect(run.errorText.contains("  link.downlink.loss=24%: 0 of 2 held, rtp.video.loss "))
    }

    @Test func `says that a range has no threshold`() throws {
        let place = try Workplace()
        let run = try ChildProcess.run(
            search(
                place, "0%", "1%", until: "rtp.video.loss <= 50%", ["--repeats", "1", "--engine", "virtual", "--json"]),
            timeout: 180_000_000_000)
        #expect(run.status == .exited(1), "\(run.errorText)")
        let result = try result(run.outputText)
        #expect(result.finding.outcome == .holdsAtBothEnds)
        #expect(result.trials.count == 2 && result.finding.threshold == nil)
        #expect(run.errorText.isEmpty)
    }

    struct Refusal: CustomTestStringConvertible {
        var testDescription: String
        var arguments: [String]
        var status: Int32
        var words: String
    }

    private static let whole = [
        "--vary", "link.downlink.loss", "--from", "0%", "--to", "9%", "--until", "player.late <= 0",
    ]

    @Test(arguments: [
        Refusal(
            testDescription: "no range", arguments: Array(whole.prefix(4)), status: 64,
            words: "error: a search needs --to"),
        Refusal(
            testDescription: "precision of another kind", arguments: whole + ["--precision", "5ms"], status: 64,
            words: "'5ms' is no value for '--precision <value>': it takes a percentage such as 1%"),
        Refusal(
            testDescription: "precision too fine", arguments: whole + ["--precision", "0.000001%"], status: 64,
            words: "fits more than 1000000 times into the range"),
        Refusal(
            testDescription: "no repeats", arguments: whole + ["--repeats", "0"], status: 64,
            words: "a whole number from 1 to 100"),
        Refusal(
            testDescription: "a mistake in the setting",
            arguments: ["--vary", "link.downlink.los"] + whole.dropFirst(2),
            status: 65, words: "hint: did you mean 'loss'?"),
    ])
    func `refuses what makes no search, before anything is made`(given: Refusal) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.small)
        let run = try InstalledProgram.shared.run(["search", scenario] + given.arguments, in: place.path)
        #expect(run.status == .exited(given.status))
        #expect(run.errorText.contains(given.words), "\(run.errorText)")
        #expect(!File.exists("\(place.path)/Reports"))
    }

    @Test func `Ctrl-C keeps what was measured`() throws {
        let place = try Workplace()
        var command = try search(
            place, "0%", "20%", until: "rtp.video.loss <= 5%", ["--set", "duration=60s", "--engine", "embedded"])
        command.output = .null
        command.errors = .null
        let child = try ChildProcess.start(command)
        let folder = "\(place.path)/Reports/test/latest-search"
        let deadline = Clock.monotonic() + 60_000_000_000
        while !isStreaming(folder), Clock.monotonic() < deadline { Clock.sleep(for: 50_000_000) }
        child.signal(SIGINT)
        #expect(child.wait(timeout: 60_000_000_000) == .exited(130))
        let result = try result(try File.readText("\(folder)/search.json"))
        #expect(result.finding.outcome == .interrupted)
        #expect(result.trials.map(\.verdict) == [.invalid])
        #expect(result.trials.first?.problem?.contains("interrupted") == true)
    }

    private func isStreaming(_ folder: String) -> Bool {
        let events = try? RunDirectory(existing: "\(folder)/loss-0pct/latest").readLines(
            Event.self, from: RunFolder.events)
        return events?.contains { $0.kind == .phase && $0.message == RunPhase.stream.rawValue } ?? false
    }
}
