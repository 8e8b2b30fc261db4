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
        var log = line.output(for: event(.phase, "stream"))
        for tenth in 0...120 { log += line.output(for: event(.progress, at: Double(tenth) / 10)) }
        log += line.output(for: event(.phase, "analysis"))
        log += line.end()
        #expect(
            log == """
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
        #expect(line.output(for: change) == "10 Mbit/s DSL: at 10 s: rate 2 Mbit/s\n")
        #expect(line.output(for: event(.warning, "busy")) == "10 Mbit/s DSL: warning: busy\n")
    }

    @Test(arguments: [10, 20, 40, 60, 79, 80, 100, 120, 200])
    func `a live line never reaches the terminal's edge`(width: Int) {
        var line = ProgressLine(plan: plan, style: .live(width: width), colour: true)
        for seconds in [-3.0, 0, 14.5, 29.9, 31] {
            let text = line.output(for: event(.progress, at: seconds))
            #expect(text.hasPrefix("\r\u{1B}[K"))
            #expect(!text.contains("\n"))
            #expect(text.dropFirst(4).count < width)
        }
        #expect(line.end() == "\r\u{1B}[K")
    }

    @Test func `a wide live line has every figure`() {
        var line = ProgressLine(plan: plan, style: .live(width: 120), colour: false)
        let text = line.output(for: event(.progress, at: 15))
        for part in ["10 Mbit/s DSL", "15 of 30 s", "2.51 Mbit/s", "loss 0.10 %", "buffer 210.0 ms", "1 stall"] {
            #expect(text.contains(part))
        }
        #expect(text.count(of: "\u{2501}") == 12)
        #expect(text.count(of: "\u{2500}") == 12)
    }

    @Test func `warnings stay above the live line`() {
        var line = ProgressLine(plan: plan, style: .live(width: 80), colour: false)
        _ = line.output(for: event(.phase, "stream"))
        let text = line.output(for: event(.warning, "the capture\u{1B}[2J dropped"))
        #expect(text == "\r\u{1B}[K  warning: the capture [2J dropped\n\r\u{1B}[K10 Mbit/s DSL  streaming")
    }
}
