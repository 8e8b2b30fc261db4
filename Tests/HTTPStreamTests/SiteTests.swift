import LabModel
import Testing

@testable import HTTPStream

@Suite("What an origin answers") struct SiteTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let `protocol`: HTTPProtocol
        let target: String
        let seconds: Double
        let answer: String

        init(_ name: String, _ protocol: HTTPProtocol, _ target: String, at seconds: Double, _ answer: String) {
            (testDescription, self.protocol, self.target) = (name, `protocol`, target)
            (self.seconds, self.answer) = (seconds, answer)
        }
    }

    static let cases = [
        Case("a playlist waits for its first segment", .hls, "/live/v0.m3u8", at: 0.5, "later 2.0"),
        Case("a playlist is there then", .hls, "/live/v0.m3u8", at: 2, "whole"),
        Case("a low-latency playlist waits for its first part", .llHLS, "/live/v0.m3u8", at: 0.1, "later 0.5"),
        Case("all renditions are there from the start", .hls, "/live/master.m3u8", at: 0, "whole"),
        Case("so is DASH's manifest", .dash, "/live/manifest.mpd", at: 0, "whole"),
        Case("but not that of another protocol", .hls, "/live/manifest.mpd", at: 0, "404"),
        Case("a reload waits for its part", .llHLS, "/live/v0.m3u8?_HLS_msn=1&_HLS_part=2", at: 2.6, "later 3.5"),
        Case("a reload waits for its segment", .llHLS, "/live/v0.m3u8?_HLS_msn=1", at: 2.6, "later 4.0"),
        Case(
            "a part behind the last is the next segment's", .llHLS, "/live/v0.m3u8?_HLS_msn=0&_HLS_part=4", at: 2,
            "later 2.5"),
        Case(
            "what is there already is answered at once", .llHLS, "/live/v0.m3u8?_HLS_msn=0&_HLS_part=1", at: 3, "whole"),
        Case("behind the end is the end", .llHLS, "/live/v0.m3u8?_HLS_msn=4", at: 6.2, "later 7.0"),
        Case("too far ahead is refused", .llHLS, "/live/v0.m3u8?_HLS_msn=4", at: 2.6, "400"),
        Case("a part of no segment is refused", .llHLS, "/live/v0.m3u8?_HLS_part=4", at: 2.6, "400"),
        Case("what is no number is refused", .llHLS, "/live/v0.m3u8?_HLS_msn=x", at: 2.6, "400"),
        Case("without parts nothing blocks", .hls, "/live/v0.m3u8?_HLS_msn=2", at: 2.6, "whole"),
        Case("a segment that is there", .hls, "/live/audio/0.m4s", at: 2, "whole"),
        Case("a segment that is not", .hls, "/live/v0/0.m4s", at: 1.9, "404"),
        Case("a segment that grows", .llDASH, "/live/v0/0.m4s", at: 0.5, "growing"),
        Case("and before its first chunk", .llDASH, "/live/v0/0.m4s", at: 0.4, "404"),
        Case("the header", .dash, "/live/v0/init.mp4", at: 0, "whole"),
        Case("a part", .llHLS, "/live/v0/1.0.m4s", at: 2.5, "whole"),
        Case("the hinted part waits", .llHLS, "/live/v0/1.1.m4s", at: 2.5, "later 3.0"),
        Case("the one behind it does not", .llHLS, "/live/v0/1.2.m4s", at: 2.5, "404"),
        Case("no such segment", .hls, "/live/v0/9.m4s", at: 9, "404"),
        Case("no such rendition", .hls, "/live/v1.m3u8", at: 9, "404"),
        Case("another folder", .hls, "/etc/passwd", at: 9, "404"),
        Case("a way out of the folder", .hls, "/live/v0/../../x", at: 9, "404"),
    ]

    @Test(arguments: cases)
    func `is by its address and the clock`(_ test: Case) {
        let site = Site(Example.presentation(test.protocol))
        let request = SiteRequest(target: test.target)
        let answer =
            switch site.answer(request, at: .seconds(test.seconds), start: Example.start) {
            case .whole: "whole"
            case .growing: "growing"
            case .later(let moment): "later \(moment.seconds)"
            case .refused(let status): "\(status)"
            }
        #expect(answer == test.answer)
    }

    @Test func `A segment goes when no playlist can have it any more, but not behind the end`() {
        var presentation = Example.presentation(.hls)
        presentation.plan.window = 0
        let site = Site(presentation)
        let first = SiteRequest(target: "/live/v0/0.m4s")
        if case .refused = site.answer(first, at: .seconds(3.9), start: Example.start) { Issue.record("gone early") }
        if case .whole = site.answer(first, at: .seconds(4.1), start: Example.start) { Issue.record("still there") }
        let late = SiteRequest(target: "/live/v0/3.m4s")
        if case .refused = site.answer(late, at: .seconds(900), start: Example.start) {
            Issue.record("gone at the end")
        }
    }
}
