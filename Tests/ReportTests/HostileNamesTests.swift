import FoundationEssentials
import LabModel
import Testing

@testable import Report

/// Names and texts come from scenarios, kernels and workers: none of them may break out of its place.
@Suite struct HostileNamesTests {
    static let names = [
        "</script><script>alert(1)</script>", "<!--<script>", "\"'><img src=x onerror=alert(1)>", "a\nb\r\nc", "]]>",
        "{{data}} {{script}}", "& &amp; &#60;", "\u{0}\u{1}\u{1B}[2J\u{9B}2J\u{7F}", "| a | `b` |\n# c",
        "\u{2028}\u{FFFE}",
        "\u{202E}fdp.exe", "%s %n \\u003c", "",
    ]

    private func result(named name: String) -> RunResult {
        var result = SampleResult.make(.invalid, name: name)
        result.plan.description = name
        result.plan.variant = [VariantSetting(setting: name, value: name)]
        result.run.engineReason = name
        result.run.warnings = [name]
        result.run.workers[0].lastWords = name
        result.run.outcome = .failed(reason: name)
        result.validity[0].name = name
        result.validity[0].finding = name
        result.proofs[0].note = name
        result.expectations[0].expectation.text = name
        result.media[0].codec = name
        return result
    }

    @Test(arguments: names)
    func `the page keeps its elements`(name: String) throws {
        let writer = try ReportWriter(resources: TestPlace.resources)
        let plain = try writer.html(of: result(named: "plain"))
        let hostile = try writer.html(of: result(named: name))
        for tag in ["<script", "</script", "<img", "<!--", "<section", "<tr", "<li", "</style", "<details"] {
            #expect(hostile.count(of: tag) == plain.count(of: tag), "\(tag)")
        }
        let data = try #require(hostile.part(from: "id=\"data\">", to: "</script>"))
        #expect(try JSONValue(data.utf8).member("charts")?.items.isEmpty == false)
    }

    @Test(arguments: names)
    func `JUnit stays well-formed`(name: String) throws {
        let text = JUnitDocument.text(of: [result(named: name)])
        let parsed = try XMLReader.read(text)
        #expect(parsed.count { $0.name == "testcase" } == 8)
        #expect(parsed.count { $0.name == "testsuite" } == 1)
    }

    @Test(arguments: names)
    func `the result comes back`(name: String) throws {
        let read = try ResultFile.read(ResultFile.data(of: result(named: name)))
        #expect(read.plan.name == name)
        #expect(read.run.outcome == .failed(reason: name))
    }

    @Test(arguments: names)
    func `the terminal and the summary keep their lines`(name: String) {
        let hostile = result(named: name)
        let plain = result(named: "plain")
        let summary = TerminalSummary(colour: false)
        let text = summary.text(of: hostile, report: "/r/report.html")
        #expect(text.count(of: "\n") == summary.text(of: plain, report: "/r/report.html").count(of: "\n"))
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B || $0.value == 0 })
        let markdown = MarkdownSummary.text(of: [hostile])
        #expect(markdown.count(of: "\n") == MarkdownSummary.text(of: [plain]).count(of: "\n"))
        #expect(!markdown.contains("<"))
    }
}

extension String {
    func count(of part: String) -> Int { ranges(of: part).count }

    /// What stands between two marks.
    func part(from start: String, to end: String) -> Substring? {
        guard let open = firstRange(of: start), let close = self[open.upperBound...].firstRange(of: end) else {
            return nil
        }
        return self[open.upperBound..<close.lowerBound]
    }
}
