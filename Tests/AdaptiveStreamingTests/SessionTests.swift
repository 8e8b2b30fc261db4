import LabModel
import Testing

@testable import AdaptiveStreaming

/// A link and an origin in a few lines: each transfer takes its bytes' time and a round trip, one after another.
private struct World {
    var session: StreamingSession
    var now = MPDTests.start
    let roundTrip = TimeSpan.milliseconds(40)
    /// Bit/s at a second since the start.
    let rate: (Double) -> Double
    /// The body of a resource at a time; nil is 404. A number is a size of media.
    let answer: (String, Timestamp) -> (size: Int64, text: String)?
    private(set) var fetched: [(url: String, at: Double)] = []
    private(set) var decisions: [Adaptation] = []

    init(
        _ session: StreamingSession, rate: @escaping (Double) -> Double,
        answer: @escaping (String, Timestamp) -> (size: Int64, text: String)?
    ) {
        self.session = session
        self.rate = rate
        self.answer = answer
    }

    var elapsed: Double { (now - MPDTests.start).seconds }

    mutating func run(for length: TimeSpan) {
        let end = MPDTests.start + length
        var queue: [Fetch] = []
        while now < end, !session.isOver {
            let (fetches, wakeUp) = session.step(now: now)
            decisions += session.takeDecisions()
            queue += fetches
            guard !queue.isEmpty else {
                now = max(min(wakeUp ?? end, end), now + .milliseconds(1))
                continue
            }
            transfer(queue.removeFirst())
        }
    }

    private mutating func transfer(_ fetch: Fetch) {
        fetched.append((fetch.resource.url, elapsed))
        guard let found = answer(fetch.resource.url, now) else {
            now = now + roundTrip
            session.failed(fetch, reason: "404", now: now)
            return
        }
        let span = roundTrip + .seconds(Double(found.size) * 8 / rate(elapsed))
        now = now + span
        if fetch.kind == .manifest {
            session.took(manifest: Array(found.text.utf8), of: fetch, now: now)
        } else {
            session.measured(bytes: found.size, over: span, at: now)
            session.took(fetch, now: now)
        }
    }
}

@Suite struct SessionTests {
    static let rates: [Substring: Double] = ["v0": 2_500_000, "v1": 800_000, "audio": 128_000]

    /// Segments of 2 s, there when they are over; `missing` ones never are.
    private static func dash(
        _ rule: AdaptationRule, length: Double = 60, missing: Set<String> = [], rate: @escaping (Double) -> Double
    ) -> World {
        let session = StreamingSession(
            DASHPresentation(url: "http://h/live/manifest.mpd"), rule: rule, edge: LiveEdgeRule(),
            threshold: .milliseconds(200))
        let template = MPDTests.template.replacing("availabilityTimeOffset=\"1.8\"", with: "")
            .replacing("false", with: "true")
        return World(session, rate: rate) { url, now in
            let elapsed = (now - MPDTests.start).seconds
            if url.hasSuffix("mpd") {
                let root = elapsed > length ? "mediaPresentationDuration=\"PT\(length)S\"" : ""
                return (1500, MPDTests.live(template, root: root).replacing("1500", with: "6000"))
            }
            let parts = url.split(separator: "/").suffix(2)
            guard let name = parts.first, let size = rates[name] else { return nil }
            if url.hasSuffix("init.mp4") { return (700, "") }
            let number = Double(parts.last?.prefix { $0 != "." } ?? "") ?? .infinity
            let isThere = (number + 1) * 2 <= elapsed + 0.001 && !missing.contains(parts.joined(separator: "/"))
            return isThere ? (Int64(size * 2 / 8), "") : nil
        }
    }

    @Test func `It climbs, falls with the link, climbs again, and ends with the stream`() {
        var world = Self.dash(.throughput(ThroughputRule())) { (20..<40).contains($0) ? 1_500_000 : 8_000_000 }
        world.run(for: .seconds(80))
        #expect(world.session.isOver && world.session.failure == nil && world.session.givenUp == 0)
        let names = world.decisions.map(\.to)
        #expect(world.decisions.map(\.segment) == Array(0..<30))
        #expect(names.first == "v1" && names[5] == "v0" && names[15] == "v1" && names.last == "v0")
        #expect(world.decisions.count { $0.isSwitch } == 3)
        // Each segment of each track once, none before it is there.
        let media = world.fetched.filter { $0.url.hasSuffix("m4s") }
        #expect(Set(media.map(\.url)).count == 60 && media.count == 60)
        for rule in [AdaptationRule.fixed(1), .bola(BOLA())] {
            var world = Self.dash(rule) { _ in 8_000_000 }
            world.run(for: .seconds(80))
            #expect(world.session.isOver && world.decisions.last?.to == "v0")
        }
    }

    @Test func `It keeps to its distance from the source`() throws {
        var world = Self.dash(.fixed(0)) { _ in 8_000_000 }
        world.run(for: .seconds(50))
        _ = world.session.step(now: world.now)
        let live = try #require(world.session.presentation.liveMoment(now: world.now))
        let clock = try #require(world.session.clock)
        #expect(clock.isPlaying && abs((live - clock.playhead).seconds - 6) < 0.3)
    }

    @Test func `What cannot be had is tried a few times and skipped`() {
        var world = Self.dash(.fixed(0), missing: ["v1/4.m4s"]) { _ in 8_000_000 }
        world.run(for: .seconds(80))
        #expect(world.session.isOver && world.session.failure == nil && world.session.givenUp == 1)
        #expect(world.fetched.count { $0.url.hasSuffix("v1/4.m4s") } == SessionLimits().attempts)
        #expect(world.fetched.contains { $0.url.hasSuffix("v1/29.m4s") })
    }

    @Test func `After a long outage it skips to its target`() {
        var world = Self.dash(.fixed(0)) { (20..<21).contains($0) ? 30_000 : 8_000_000 }
        world.run(for: .seconds(130))
        #expect(world.session.skips > 0)
    }

    @Test func `Without a manifest it fails in a bounded time`() {
        var world = Self.dash(.fixed(0)) { _ in 8_000_000 }
        world = World(world.session, rate: { _ in 1e6 }) { _, _ in nil }
        world.run(for: .seconds(100))
        #expect(world.session.failure == "404" && world.elapsed < 30 && world.fetched.count < 50)
        world = World(Self.dash(.fixed(0)) { _ in 1e6 }.session, rate: { _ in 1e6 }) { _, _ in (10, "<html/>") }
        world.run(for: .seconds(100))
        #expect(world.session.failure?.contains("<html>") == true)
    }

    /// Parts of 0.5 s in segments of 2 s; the playlist and the hinted part are answered when there is more.
    @Test func `Of low latency it fetches each part as it comes, and reloads by blocking`() throws {
        let session = StreamingSession(
            HLSPresentation(url: "http://h/live/v0.m3u8"), rule: .fixed(0), edge: LiveEdgeRule(),
            threshold: .milliseconds(200))
        var world = World(session, rate: { _ in 20_000_000 }) { url, now in
            let elapsed = (now - MPDTests.start).seconds
            if url.contains(".m3u8") { return (1000, Self.playlist(parts: min(Int(elapsed / 0.5) + 1, 40))) }
            return (url.contains("init") ? 700 : 50_000, "")
        }
        world.run(for: .seconds(30))
        #expect(world.session.isOver && world.session.failure == nil)
        let media = world.fetched.map(\.url).filter { $0.hasSuffix("m4s") }
        #expect(media.count == Set(media).count && media.count >= 38)
        #expect(media.contains("http://h/live/v0/9.3.m4s") && !media.contains("http://h/live/v0/9.m4s"))
        #expect(world.fetched.contains { $0.url.contains("?_HLS_msn=3&_HLS_part=1") })
        #expect(world.session.presentation.target?.latency == .seconds(2))
    }

    private static func playlist(parts: Int) -> String {
        var text = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART-INF:PART-TARGET=0.5\n"
        text += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5\n#EXT-X-MAP:URI=\"v0/init.mp4\"\n"
        text += "#EXT-X-PROGRAM-DATE-TIME:2026-11-21T20:00:00Z\n"
        for index in 0..<parts {
            let (segment, part) = (index / 4, index % 4)
            let independent = part == 0 ? ",INDEPENDENT=YES" : ""
            text += "#EXT-X-PART:DURATION=0.5,URI=\"v0/\(segment).\(part).m4s\"\(independent)\n"
            if part == 3 { text += "#EXTINF:2,\nv0/\(segment).m4s\n" }
        }
        return text
            + (parts == 40
                ? "#EXT-X-ENDLIST\n" : "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v0/\(parts / 4).\(parts % 4).m4s\"\n")
    }
}
