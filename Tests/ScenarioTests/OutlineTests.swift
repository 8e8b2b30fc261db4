import Testing

@testable import Scenario

@Suite("A plan for people")
struct OutlineTests {
    private func outline(_ text: String) -> [String] {
        guard case .plans(let scenario) = load(text) else { return [] }
        return PlanOutline(scenario.plans[0], given: scenario.given).lines.map { line in
            let marks = [line.isDefault ? "default" : nil, line.note].compactMap { $0 }
            return "\(line.setting) = \(line.value)" + (marks.isEmpty ? "" : " (\(marks.joined(separator: "; ")))")
        }
    }

    @Test("marks defaults and says what follows from values")
    func link() {
        let lines = outline(
            """
            link:
              downlink: {rate: 10mbit, delay: 20ms, jitter: 5ms, loss: {gemodel: {p: 0.5%, r: 20%}}}
            timeline: [{at: 5s, downlink: {rate: 2mbit}}]
            pipeline: {media: {audio: none}}
            """)
        #expect(
            lines == [
                "seed = 1 (default)", "duration = 30s (default)", "engine = auto (default)",
                "ip = 4 (default)", "link.mtu = 1500 (default)", "congestion = cubic (default)",
                "ecn = false (default)", "link.downlink.rate = 10mbit",
                "link.downlink.shaper = tbf (default)",
                "link.downlink.queue = 100ms (default; 125kB at this rate)", "link.downlink.delay = 20ms",
                "link.downlink.jitter = 5ms (15ms to 25ms, in order: each packet waits for the slowest before it)",
                "link.downlink.loss = gemodel p 0.5% r 20% loss-in-bad 100% loss-in-good 0% "
                    + "(2.44% in the long run; the bad state lasts 5.0 packets on average)",
                "link.uplink.rate = no limit (default)", "link.uplink.delay = 0s (default)",
                "link.uplink.jitter = 0s (default)", "link.uplink.loss = 0% (default)",
                "at 5s downlink.rate = 2mbit", "pipeline.protocol = rtp (default)",
                "pipeline.media.video.codec = h264 (default)", "pipeline.media.video.size = 1280x720 (default)",
                "pipeline.media.video.fps = 30 (default)", "pipeline.media.video.rate = 2.5mbit (default)",
                "pipeline.media.video.gop = 2s (default)", "pipeline.media.audio = none",
                "pipeline.pacing = burst (default)", "pipeline.packet = 1.2kB (default)",
                "pipeline.player.buffer = 200ms (default)",
                "pipeline.player.underrun = wait (default)",
            ])
    }

    @Test("says what comes from a profile")
    func profile() {
        let lines = outline("profile: wpt-dsl\nlink: {both: {loss: 1%}}")
        #expect(
            lines.contains(
                "profile = wpt-dsl (WebPageTest connectivity.ini.sample (b85d6562c), DSL; half of its round trip in each "
                    + "direction)"))
        #expect(lines.contains("duration = 30s (default)"))
        #expect(lines.contains("link.downlink.jitter = 0s (default)"))
        #expect(lines.contains("link.downlink.rate = 1.5mbit (from the profile)"))
        #expect(lines.contains("link.uplink.loss = 1%"))
    }

    @Test("says what a profile changes, and that the run is as long")
    func changingProfile() {
        let lines = outline("profile: spike")
        #expect(lines.contains("duration = 30s (from the profile)"))
        #expect(lines.contains("at 10s downlink.rate = 300kbit"))
    }
}
