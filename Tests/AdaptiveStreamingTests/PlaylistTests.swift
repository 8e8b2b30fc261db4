import LabModel
import Testing

@testable import AdaptiveStreaming

@Suite struct PlaylistTests {
    static let live = """
        #EXTM3U
        #EXT-X-VERSION:9
        #EXT-X-TARGETDURATION:2
        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.6
        #EXT-X-PART-INF:PART-TARGET=0.2
        #EXT-X-MEDIA-SEQUENCE:7
        #EXT-X-MAP:URI="v0/init.mp4",BYTERANGE="700@10"
        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T20:00:00.500Z
        #EXTINF:2.00000,
        v0/7.m4s
        #EXT-X-PART:DURATION=0.2,URI="v0/8.0.m4s",INDEPENDENT=YES
        #EXT-X-PART:DURATION=0.2,URI="v0/8.1.m4s"
        #EXTINF:0.40000,a title, with a comma
        v0/8.m4s
        #EXT-X-PART:DURATION=0.2,URI="v0/9.0.m4s",INDEPENDENT=YES
        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v0/9.1.m4s"
        """

    @Test func `A live playlist has its segments, parts, hint, map and times`() throws {
        let list = try MediaPlaylist(Self.live)
        #expect(list.targetDuration == .seconds(2) && list.partTarget == .milliseconds(200))
        #expect(list.canBlockReload && list.partHoldBack == .milliseconds(600) && !list.isEnded)
        #expect(list.segments.map(\.number) == [7, 8] && list.segments.map(\.uri) == ["v0/7.m4s", "v0/8.m4s"])
        #expect(list.segments[1].parts.map(\.isIndependent) == [true, false])
        #expect(
            list.segments[0].map == MediaPlaylist.Map(uri: "v0/init.mp4", range: ByteRange(offset: 10, length: 700)))
        #expect(list.end == Position(9, part: 1) && list.hint?.uri == "v0/9.1.m4s")
        let first = try #require(list.segments[0].programTime)
        #expect(first.nanoseconds == 1_795_291_200_500_000_000)
        #expect(list.segments[1].programTime == first + .seconds(2))
        #expect(list.length(before: Position(8, part: 1)) == .milliseconds(2200))
        #expect(list.length(before: list.end) == .milliseconds(2600))
    }

    @Test func `Byte ranges without an offset go on where the one before ended`() throws {
        let list = try MediaPlaylist(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:4
            #EXTINF:4,
            #EXT-X-BYTERANGE:1000@200
            all.ts
            #EXTINF:4,
            #EXT-X-BYTERANGE:500
            all.ts
            #EXT-X-GAP
            #EXTINF:4,
            gone.ts
            #EXT-X-ENDLIST
            """)
        #expect(
            list.segments.map(\.range?.offset) == [200, 1200, nil]
                && list.segments.map(\.isGap) == [false, false, true])
        #expect(list.isEnded && list.firstNumber == 0)
    }

    @Test func `A multivariant playlist has its variants and the sound that goes with them`() throws {
        let list = try MultivariantPlaylist(
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="low",NAME="x",URI="low.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="other",URI="other.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="a, \u{e4}",DEFAULT=YES,URI="audio.m3u8"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="audio",NAME="t",DEFAULT=YES,URI="t.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2500000,CODECS="avc3.64001f,mp4a.40.2",RESOLUTION=1280x720,AUDIO="audio"
            v0.m3u8
            # a comment

            #EXT-X-STREAM-INF:BANDWIDTH=800000,AUDIO="audio"
            http://other/v1.m3u8?x=1
            """)
        #expect(list.variants.map(\.rate.bitsPerSecond) == [2_500_000, 800_000])
        #expect(list.variants[0].width == 1280 && list.variants[0].height == 720 && list.variants[1].width == nil)
        #expect(list.sound?.uri == "audio.m3u8")
    }

    static let broken: [(text: String, line: Int?)] = [
        ("", 1), ("<html>", 1), ("#EXTM3U\nv.ts", 2), ("#EXTM3U\n#EXTINF:abc,\nv.ts", 2),
        ("#EXTM3U\n#EXTINF:-1,\nv.ts", 2), ("#EXTM3U\n#EXTINF:1,\nv.ts", nil),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-PART:DURATION=1", 3),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:BYTERANGE=1", 3),
        ("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:-4", 2),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:1,\n#EXT-X-BYTERANGE:1@x\nv.ts", 5),
    ]

    @Test(arguments: broken)
    func `What is no playlist is an error with its line`(_ text: String, line: Int?) throws {
        let error = try #require(throws: ManifestError.self) { try MediaPlaylist(text) }
        #expect(error.line == line)
    }

    static let references: [(String, String)] = [
        ("v0.m3u8", "http://h:8080/live/v0.m3u8"), ("v0/1.m4s?x=1#f", "http://h:8080/live/v0/1.m4s?x=1"),
        ("/a/b", "http://h:8080/a/b"), ("//o/p", "http://o/p"), ("http://o/p", "http://o/p"),
        ("../x", "http://h:8080/x"), ("../../../x", "http://h:8080/x"), ("./y/./z", "http://h:8080/live/y/z"),
        ("?q=2", "http://h:8080/live/master.m3u8?q=2"), ("", "http://h:8080/live/master.m3u8?q=1"),
    ]

    @Test(arguments: references)
    func `References are resolved as RFC 3986 says`(_ reference: String, _ url: String) {
        #expect(URLReference.resolve(reference, against: "http://h:8080/live/master.m3u8?q=1") == url)
    }
}
