import LabModel
import Testing

@testable import Report

@Suite struct ReportPageTests {
    private func page(_ result: RunResult) throws -> String {
        try ReportWriter(resources: TestPlace.resources).html(of: result)
    }

    @Test func `needs nothing from outside`() throws {
        let page = try page(SampleResult.make())
        for reach in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch(", "XMLHttpRequest"] {
            #expect(!page.contains(reach), "\(reach)")
        }
    }

    @Test(arguments: [
        "2 of 3 expectations are not met.", "player.stall.total &lt; 500ms: measured 1.93 s",
        "Asked, applied, measured", "Downlink, 10 s to 20 s", "9.96 to 10.01 Mbit/s", "not measured", "11.40 s",
        "0x1a2b3c4d", "41.2 ms", "By content (marks)", "TCP throughput", "the host&#39;s kernel has no netem",
        "captures/receiver.pcap", "the host&#39;s processor was 71 % busy", "cubic", "10 s: rate 2 Mbit/s",
        "filter every", "bpf bytecode \u{2026} action drop",
    ])
    func `says`(text: String) throws {
        #expect(try page(SampleResult.make()).contains(text))
    }

    @Test func `only a run in virtual time says what that cannot show`() throws {
        let words = "It cannot show a processor that is too slow"
        #expect(try page(SampleResult.make(engine: .virtual)).contains(words))
        #expect(try !page(SampleResult.make(engine: .embedded)).contains(words))
    }

    @Test func `names the link's profile and where its numbers come from`() throws {
        var result = SampleResult.make()
        result.plan.profile = "cascade"
        result.plan.profileSource = "a paper on cascades"
        let page = try page(result)
        #expect(page.contains(">cascade<") && page.contains(">a paper on cascades<"))
    }

    @Test func `a run that never began has a page`() throws {
        let run = RunRecord(
            engine: .host, engineReason: "asked for", kernel: "", hostKernel: "6.1",
            outcome: .unsupported(reason: "no netem"))
        var result = RunResult(netlabVersion: "1", plan: Plan(slug: "empty", name: "Empty"), run: run)
        result.verdict = .unsupported
        let page = try page(result)
        #expect(page.contains("no netem"))
        #expect(!page.contains("<canvas"))
        #expect(!page.contains("<table"))
    }

    @Test func `charts stand on the axis of all series`() throws {
        let result = SampleResult.make()
        let groups = ChartGroup.groups(of: result)
        let data = ChartData(result, groups: groups)
        #expect(
            groups.map(\.title) == [
                "Downlink", "Player", "Sound and picture", "RTP", "Repair", "HTTP client", "TCP", "Uplink",
            ])
        #expect(data.start == -5.6)
        #expect(data.end == 30)
        #expect(data.changes.map(\.text) == ["rate 2 Mbit/s", "rate 10 Mbit/s"])
        #expect(data.changes.map(\.at) == [10.0012, 20.0012])
        #expect(data.stalls.count == 3)
        #expect(data.probes.first?.label == "TCP probe")
        #expect(try page(result).count(of: "<canvas") == data.charts.count)
    }

    @Test func `settings alone make no chart`() {
        var result = SampleResult.make()
        result.series = result.series.filter { $0.name.hasSuffix("asked") }
        #expect(ChartGroup.groups(of: result).isEmpty)
    }

    @Test func `a missing part is named`() {
        let error = #expect(throws: ReportError.self) { try ReportWriter(resources: "/nowhere") }
        #expect(error?.description.contains("/nowhere/report/report.html") == true)
    }

    @Test func `a folder that cannot be written is named`() throws {
        let writer = try ReportWriter(resources: TestPlace.resources)
        let error = #expect(throws: ReportError.self) {
            try writer.write(SampleResult.make(), into: "/proc/nowhere")
        }
        #expect(error?.description.hasPrefix("cannot write /proc/nowhere/result.json: ") == true)
    }
}
