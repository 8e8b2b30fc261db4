import LabModel
import Testing

@testable import Report

@Suite struct BatchSummaryTests {
    private let results: [RunResult] = {
        var results = [SampleResult.make(.pass), SampleResult.make(.fail), SampleResult.make(.invalid)]
        for index in results.indices {
            results[index].plan.variant = [VariantSetting(setting: "seed", value: "\(index)")]
            results[index].run.harness.earlierTry = nil
        }
        results[2].run.harness.earlierTry = EarlierTry(folder: "2026-01-31T120000Z", neighbours: 1, findings: ["late"])
        return results
    }()

    @Test func `a line for each run in its order, and a count of all`() throws {
        let text = BatchSummary(colour: false).text(
            of: results, reports: ["/r/0", nil, "/r/2"], planned: 5, wallTime: .seconds(10))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("run "))
        for column in ["verdict", "packets lost", "stalled", "report"] { #expect(lines[0].contains(column)) }
        #expect(lines[1].hasPrefix("10 Mbit/s DSL (seed: 0)  \u{2713} passed "))
        #expect(lines[1].hasSuffix("  /r/0"))
        #expect(lines[2].hasPrefix("10 Mbit/s DSL (seed: 1)  \u{2717} failed "))
        #expect(lines[3].contains("! invalid, second try"))
        #expect(lines[4] == "1 passed, 1 failed, 1 invalid, 2 never began; 3 runs in 10.00 s, 1,080 an hour")
    }

    @Test func `a name cannot steer the terminal`() {
        var hostile = results
        hostile[0].plan.name = "a\u{1B}[2J"
        let text = BatchSummary(colour: false).text(
            of: hostile, reports: [nil, nil, nil], planned: 3, wallTime: .seconds(10))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `the Markdown summary of several begins with a table of all`() {
        let text = MarkdownSummary.text(of: results)
        #expect(text.hasPrefix("| Run | Verdict | Packets lost |"))
        #expect(text.contains("| 10 Mbit/s DSL (seed: 1) | \u{2717} failed |"))
        #expect(!MarkdownSummary.text(of: [results[0]]).contains("| Run |"))
    }

    @Test func `a second try says what became of the first`() {
        let text = TerminalSummary(colour: false).text(of: results[2], report: nil)
        let words = "Second try  made alone, since the first beside another run was invalid (late)"
        #expect(text.contains(words + "; that one is in ../2026-01-31T120000Z"))
    }
}
