import LabModel
import Testing

@testable import AdaptiveStreaming

@Suite struct MPDTests {
    /// As the origin writes it.
    static func live(_ template: String, root: String = "") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="dynamic" availabilityStartTime="2026-11-21T20:00:00.000Z"
          minimumUpdatePeriod="PT2S" timeShiftBufferDepth="PT12S" maxSegmentDuration="PT2S" minBufferTime="PT1S"
          suggestedPresentationDelay="PT6S" \(root)>
         <ServiceDescription id="0"><Latency target="1500"/></ServiceDescription>
         <Period id="0" start="PT0S">
          <AdaptationSet contentType="video" mimeType="video/mp4">
           \(template)
           <Representation id="v0" width="1280" height="720" bandwidth="2500000"/>
           <Representation id="v1" width="640" height="360" bandwidth="800000"/>
          </AdaptationSet>
          <AdaptationSet mimeType="audio/mp4">
           \(template)
           <Representation id="audio" bandwidth="128000"/>
          </AdaptationSet>
         </Period>
        </MPD>
        """
    }

    static let template =
        "<SegmentTemplate timescale=\"1000\" duration=\"2000\" startNumber=\"0\" "
        + "initialization=\"$RepresentationID$/init.mp4\" media=\"$RepresentationID$/$Number$.m4s\" "
        + "availabilityTimeOffset=\"1.8\" availabilityTimeComplete=\"false\"/>"

    static let start = Timestamp(nanoseconds: 1_795_291_200_000_000_000)

    @Test func `A live period that has nothing yet is asked for again`() throws {
        let whole = Self.live(Self.template)
        let (first, last) = (
            try #require(whole.firstRange(of: "<AdaptationSet")), try #require(whole.firstRange(of: "</Period>"))
        )
        let empty = String(whole[..<first.lowerBound] + whole[last.lowerBound...])
        var presentation = try Self.presentation(empty)
        #expect(presentation.tracks.isEmpty)
        let later = Self.start + .seconds(2)
        #expect(presentation.manifest(track: 0, rendition: 0, position: nil, now: Self.start) == .wait(until: later))
        #expect(
            presentation.manifest(track: 0, rendition: 0, position: nil, now: later)
                == .fetch(url: "http://h/live/manifest.mpd"))
        try presentation.take(Array(whole.utf8), from: "http://h/live/manifest.mpd", began: later, now: later)
        #expect(presentation.tracks.count == 2)
        #expect(throws: ManifestError.self) { try Self.presentation(empty.replacing("dynamic", with: "static")) }
    }

    static func presentation(_ text: String) throws -> DASHPresentation {
        var presentation = DASHPresentation(url: "http://h/live/manifest.mpd")
        try presentation.take(Array(text.utf8), from: "http://h/live/manifest.mpd", began: start, now: start)
        return presentation
    }

    @Test func `A live MPD has its tracks, target and segments, each from when it may be asked for`() throws {
        let dash = try Self.presentation(Self.live(Self.template))
        #expect(dash.tracks.map(\.content) == [.main, .audio] && dash.isLowLatency)
        #expect(dash.tracks[0].renditions.map(\.name) == ["v1", "v0"])
        #expect(dash.target == LatencyTarget(latency: .milliseconds(1500), source: "Latency@target"))
        let step = dash.next(track: 0, rendition: 1, position: Position(3), now: Self.start + .seconds(6))
        #expect(step == .wait(until: Self.start + .milliseconds(6200)))
        guard
            case .fetch(let piece) = dash.next(
                track: 0, rendition: 1, position: Position(3), now: Self.start + .milliseconds(6200))
        else { throw ManifestError("nothing to fetch") }
        #expect(
            piece.resource.url == "http://h/live/v0/3.m4s" && piece.initialization?.url == "http://h/live/v0/init.mp4")
        #expect(piece.start == .seconds(6) && piece.duration == .seconds(2) && piece.next == Position(4))
        // 20 s on: the target is in segment 9, the window begins with segment 3.
        let now = Self.start + .seconds(20)
        #expect(dash.join(track: 0, rendition: 0, at: nil, now: now)?.position == Position(9))
        guard case .fetch(let kept) = dash.next(track: 1, rendition: 0, position: Position(0), now: now) else {
            throw ManifestError("nothing to fetch")
        }
        #expect(kept.position == Position(3) && kept.resource.url == "http://h/live/audio/3.m4s")
        #expect(
            dash.manifest(track: 0, rendition: 0, position: nil, now: now) == .fetch(url: "http://h/live/manifest.mpd"))
    }

    @Test func `Where the duration is known it ends there`() throws {
        let text = Self.live(Self.template, root: "mediaPresentationDuration=\"PT7.5S\"")
        for (text, now) in [(text, 20.0), (text.replacing("dynamic", with: "static"), 0)] {
            let dash = try Self.presentation(text)
            let steps = (0...4).map {
                dash.next(track: 0, rendition: 0, position: Position($0), now: Self.start + .seconds(now))
            }
            #expect(steps.last == .ended && steps[3] != .ended)
        }
    }

    @Test func `A timeline names segments by time`() throws {
        let dash = try Self.presentation(
            Self.live(
                """
                <SegmentTemplate timescale="90000" presentationTimeOffset="900000" media="$Time%09d$-$Bandwidth$.m4s">
                 <SegmentTimeline><S t="900000" d="180000" r="1"/><S d="90000"/></SegmentTimeline></SegmentTemplate>
                """))
        let now = Self.start + .seconds(60)
        let first = (1...4).map { dash.next(track: 0, rendition: 0, position: Position($0), now: now) }
        let urls = first.map { if case .fetch(let piece) = $0 { piece.resource.url } else { "" } }
        #expect(
            urls == [
                "http://h/live/000900000-800000.m4s", "http://h/live/001080000-800000.m4s",
                "http://h/live/001260000-800000.m4s", "",
            ])
        if case .fetch(let piece) = first[2] { #expect(piece.start == .seconds(4) && piece.duration == .seconds(1)) }
        #expect(first[3] == .wait(until: nil))
    }

    static let broken: [(text: String, line: Int?)] = [
        ("", 1), ("<MPD", 1), ("<html/>", 1), ("<MPD type='static'/>", 1), ("<MPD type='dynamic'/>", 1),
        ("<MPD>\n<Period>\n<AdaptationSet contentType='video'>\n<Representation/></AdaptationSet></Period></MPD>", 4),
        (
            "<MPD>\n<Period><AdaptationSet contentType='video'>\n<Representation id='a' bandwidth='1'/>"
                + "</AdaptationSet></Period></MPD>", 3
        ),
        ("<MPD>\n<Period duration='1 s'/></MPD>", 2), ("<MPD><Period/></MPD>", nil),
        (
            "<MPD><Period>\n<SegmentTemplate media='x' duration='0'/><AdaptationSet contentType='video'>"
                + "<Representation id='a' bandwidth='1'/></AdaptationSet></Period></MPD>", 2
        ),
    ]

    @Test(arguments: broken)
    func `What is no MPD is an error with its line`(_ text: String, line: Int?) throws {
        let error = try #require(throws: ManifestError.self) { try Self.presentation(text) }
        #expect(error.line == line)
    }

    static let durations: [(String, Double?)] = [
        ("PT2S", 2), ("PT1H2M3.5S", 3723.5), ("P1DT1S", 86401), ("PT0S", 0), ("P1D", 86400), ("2S", nil), ("PT", nil),
        ("P1Y", nil), ("PT5", nil), ("PT1X", nil), ("P", nil),
    ]

    @Test(arguments: durations)
    func `Durations of ISO 8601`(_ text: String, _ seconds: Double?) {
        #expect(TimeSpan(iso8601: text)?.seconds == seconds)
    }

    static let dates: [(String, Int64?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2000-03-01T00:00:00Z", 951_868_800), ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2026-11-21T21:00:00+01:00", 1_795_291_200), ("2026-11-21T15:30:00-0430", 1_795_291_200),
        ("2026-11-21T20:00:00", 1_795_291_200), ("2026-11-21", nil), ("2026-13-21T20:00:00Z", nil), ("T", nil),
        ("2026-11-21T25:00:00Z", nil),
    ]

    @Test(arguments: dates)
    func `Dates of ISO 8601`(_ text: String, _ seconds: Int64?) {
        #expect(Timestamp(iso8601: text)?.nanoseconds == seconds.map { $0 * 1_000_000_000 })
    }
}
