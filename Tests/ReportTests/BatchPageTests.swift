import FoundationEssentials
import LabModel
import Testing

@testable import Report

@Suite struct BatchPageTests {
    private func page(_ batch: BatchResult) throws -> String {
        try ReportWriter(resources: TestPlace.resources).html(of: batch)
    }

    @Test func `needs nothing from outside, and no script`() throws {
        let page = try page(SampleBatch.make())
        for reach in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch(", "addEventListener"] {
            #expect(!page.contains(reach), "\(reach)")
        }
    }

    @Test func `each pair has a picture in words, and each run a link`() throws {
        let batch = SampleBatch.make()
        let page = try page(batch)
        #expect(page.count(of: "<svg") == batch.cells.count { $0.timeline != nil })
        #expect(page.count(of: "role=\"img\" aria-label=\"") == page.count(of: "<svg"))
        #expect(page.contains("aria-label=\"Protocols, clean: no stall, 250.0 ms behind\""))
        #expect(page.contains(">not run<"))
        for report in batch.cells.flatMap(\.runs).compactMap(\.report) { #expect(page.contains("href=\"\(report)\"")) }
    }

    @Test(arguments: [
        "srt played every frame; Protocols froze 4 times", "left out: srt, Protocols: invalid",
        "300.0 ms<span title=\"best\">", "270.0 to 330.0 ms", "Recovery: the link had no outage", "logarithmic",
        "0 to 10 s", "10 runs: 8 passed, 2 invalid", "up to 2 runs of each pair", "0 to 4 Mbit/s",
    ])
    func `says`(text: String) throws {
        #expect(try page(SampleBatch.make()).contains(text))
    }

    @Test func `the pictures share their axes`() throws {
        let page = try page(SampleBatch.make())
        // A stall from 3 s to 5.3 s of 10, and an outage from 3 s to 5 s.
        #expect(page.contains("class=\"stall\" x=\"300\" y=\"0\" width=\"230\""))
        #expect(page.contains("class=\"outage\" x=\"300\" y=\"0\" width=\"200\""))
        // Latency from 200 ms to 10 s, of which 250 ms is the lowest and 10 s the highest: near the foot, and at the head.
        #expect(page.contains("class=\"latency\" d=\"M0 154L10 154"))
        #expect(page.contains("class=\"latency\" d=\"M0 50L10 50"))
    }

    @Test func `keeps to its published schema`() throws {
        let schema = try JSONSchema(path: TestPlace.resources + "/batch.schema.json")
        let data = try BatchFile.data(of: SampleBatch.make())
        #expect(schema.violations(of: try JSONValue(data)) == [])
        let broken = String(decoding: data, as: UTF8.self).replacing("\"contenders\"", with: "\"contender\"")
        #expect(schema.violations(of: try JSONValue(broken.utf8)).count == 2)
    }

    @Test func `comes back as it was written, and a run's result is another thing`() throws {
        let data = try BatchFile.data(of: SampleBatch.make())
        let read = try #require(try BatchFile.read(data))
        #expect(try BatchFile.data(of: read) == data)
        #expect(read.folders.prefix(3) == ["../run-001", "../run-002", "../run-101"])
        #expect(try BatchFile.read(ResultFile.data(of: SampleResult.make())) == nil)
        let newer = String(decoding: data, as: UTF8.self).replacing("\"version\" : 1", with: "\"version\" : 9")
        #expect(throws: ReportError.newerVersion(found: 9, known: 1)) { _ = try BatchFile.read(Data(newer.utf8)) }
    }

    @Test(arguments: HostileNamesTests.names)
    func `no name breaks out of its place`(name: String) throws {
        let (hostile, plain) = (SampleBatch.make(name: name), SampleBatch.make(name: "plain"))
        for tag in ["<script", "</script", "<img", "<!--", "<section", "<tr", "<li", "<svg", "<a "] {
            #expect(try page(hostile).count(of: tag) == page(plain).count(of: tag), "\(tag)")
        }
        let text = BatchText(colour: false)
        let lines = text.text(of: hostile, report: "/r").count(of: "\n")
        #expect(lines == text.text(of: plain, report: "/r").count(of: "\n"))
        #expect(
            !text.text(of: hostile).unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B || $0.value == 0 })
        let markdown = BatchMarkdown.text(of: hostile)
        #expect(markdown.count(of: "\n") == BatchMarkdown.text(of: plain).count(of: "\n"))
        #expect(!markdown.contains("<"))
    }

    @Test func `the terminal has a table for each condition, and marks what is best`() {
        let text = BatchText(colour: false).text(of: SampleBatch.make(), report: "/r/report.html")
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "clean")
        #expect(lines[1].split(separator: " ").map(String.init) == ["startup", "stalled", "latency", "verdict"])
        #expect(lines[2].hasPrefix("Protocols  300.0 ms*"))
        #expect(text.contains("  Recovery: the link had no outage\n"))
        #expect(text.contains("- Protocols: srt played every frame; Protocols froze 4 times for 2.30 s\n"))
        #expect(text.hasSuffix("\nreport  /r/report.html\n"))
    }

    @Test func `Markdown has the findings and a table for each condition`() {
        let text = BatchMarkdown.text(of: SampleBatch.make())
        #expect(text.hasPrefix("## Protocols\n\n> left out"))
        #expect(text.contains("- **Protocols**: srt played every frame"))
        #expect(text.contains("|  | Verdict | Startup | Stalled | Latency |\n|---|---|--:|--:|--:|\n"))
        #expect(text.contains("| Protocols | \u{2713} passed | **300.0 ms** (270.0 to 330.0 ms) |"))
    }
}
