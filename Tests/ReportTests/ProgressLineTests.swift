import LabModel
import Testing

@testable import Report

@Suite struct ProgressLineTests {
    private let plan = SampleResult.make().plan

    private func event(_ kind: Event.Kind, _ message: String = "", at seconds: Double? = nil) -> Event {
        var event = Event(time: SampleResult.start, kind: kind, message: message)
        if let seconds {
            event.progress = Progress(
                elapsed: .seconds(seconds), rate: Rate(bitsPerSecond: 2_510_000), packets: 999, missing: 1,
                buffer: .milliseconds(210), stalls: 1)
        }
        return event
    }

    @Test func `a log has a line for each phase and one every five seconds`() {
        var line = ProgressLine(plan: plan, style: .plain, colour: false)
        var log = [line.note(event(.phase, "stream"))]
        for tenth in 0...120 { log.append(line.note(event(.progress, at: Double(tenth) / 10))) }
        log.append(line.note(event(.phase, "analysis")))
        #expect(
            log.compactMap(\.self).joined(separator: "\n") == """
                10 Mbit/s DSL: streaming
                10 Mbit/s DSL: 0 of 30 s, 2.51 Mbit/s, loss 0.10 %, buffer 210.0 ms, 1 stall
                10 Mbit/s DSL: 5 of 30 s, 2.51 Mbit/s, loss 0.10 %, buffer 210.0 ms, 1 stall
                10 Mbit/s DSL: 10 of 30 s, 2.51 Mbit/s, loss 0.10 %, buffer 210.0 ms, 1 stall
                10 Mbit/s DSL: analysing
                """)
    }

    @Test func `a log says what changed`() {
        var line = ProgressLine(plan: plan, style: .plain, colour: false)
        var change = event(.change, "applied")
        change.change = AppliedChange(asked: .seconds(10), tookEffect: SampleResult.start, readbacks: [])
        #expect(line.note(change) == "10 Mbit/s DSL: at 10 s: rate 2 Mbit/s")
        #expect(line.note(event(.warning, "busy")) == "10 Mbit/s DSL: warning: busy")
    }

    @Test(arguments: [10, 20, 40, 60, 79, 80, 100, 120, 200])
    func `a live line never reaches the terminal's edge`(width: Int) {
        var line = ProgressLine(plan: plan, style: .live(width: width), colour: true)
        for seconds in [-3.0, 0, 14.5, 29.9, 31] {
            #expect(line.note(event(.progress, at: seconds)) == nil)
            #expect(!line.live.contains { $0 == "\n" || $0 == "\r" })
            #expect(!line.live.isEmpty && line.live.count < width)
        }
    }

    @Test func `a wide live line has every figure`() {
        var line = ProgressLine(plan: plan, style: .live(width: 120), colour: false)
        _ = line.note(event(.progress, at: 15))
        let text = line.live
        for part in ["10 Mbit/s DSL", "15 of 30 s", "2.51 Mbit/s", "loss 0.10 %", "buffer 210.0 ms", "1 stall"] {
            #expect(text.contains(part))
        }
        #expect(text.count(of: "\u{2501}") == 12)
        #expect(text.count(of: "\u{2500}") == 12)
    }

    @Test(arguments: [(false, "  "), (true, "  10 Mbit/s DSL: ")])
    func `what stays above live lines says whose it is where there are several`(hasSiblings: Bool, name: String) {
        var line = ProgressLine(plan: plan, style: .live(width: 80), colour: false, hasSiblings: hasSiblings)
        _ = line.note(event(.phase, "stream"))
        #expect(line.note(event(.warning, "the capture\u{1B}[2J dropped")) == "\(name)warning: the capture [2J dropped")
        #expect(line.live == "10 Mbit/s DSL  streaming")
    }
}
