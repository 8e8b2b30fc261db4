import LabModel
import Testing

@testable import Report

@Suite struct TerminalSummaryTests {
    @Test(arguments: [
        "10 Mbit/s DSL  rtp, 30 s, embedded engine, 37.40 s for 36.90 s in the lab, 1.0 times the clock",
        "downlink, 0 s to 10 s ", "9.98 Mbit/s", "RTP video lost",
        "208 of 7,902", "Stalled", "Failed  2 of 3 expectations are not met.",
        "  player.stall.total < 500ms: measured 1.93 s", "report  /r/report.html",
    ])
    func `says`(text: String) {
        #expect(TerminalSummary(colour: false).text(of: SampleResult.make(), report: "/r/report.html").contains(text))
    }

    @Test func `has colour only where it is asked for`() {
        let result = SampleResult.make()
        #expect(!TerminalSummary(colour: false).text(of: result, report: nil).contains("\u{1B}"))
        #expect(TerminalSummary(colour: true).text(of: result, report: nil).contains("\u{1B}[31mFailed\u{1B}[0m"))
    }

    @Test func `an expectation that was not measured says so`() {
        var result = SampleResult.make(.fail)
        result.expectations[0].measured = nil
        let text = TerminalSummary(colour: false).text(of: result, report: nil)
        #expect(text.contains("rtp.video.loss <= 1%: could not be measured in this run"))
    }
}
