import LabModel
import Testing

@testable import HTTPStream

@Suite("Playlists") struct PlaylistTests {
    private func playlist(_ presentation: Presentation, at seconds: Double) -> String {
        HLSWriter(presentation).media(presentation.renditions[0], at: .seconds(seconds), start: Example.start)
    }

    @Test func `of HLS have the whole segments of their window`() {
        #expect(
            playlist(Example.presentation(.hls), at: 6.1) == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-SERVER-CONTROL:HOLD-BACK=6
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-MAP:URI="v0/init.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2000-02-28T23:59:59.500Z
                #EXTINF:2.00000,
                v0/0.m4s
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:01.500Z
                #EXTINF:2.00000,
                v0/1.m4s
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:03.500Z
                #EXTINF:2.00000,
                v0/2.m4s

                """)
    }

    @Test func `of HLS end with the stream, and go on where they began to drop segments`() {
        #expect(
            playlist(Example.presentation(.hls, container: .ts), at: 7) == """
                #EXTM3U
                #EXT-X-VERSION:3
                #EXT-X-TARGETDURATION:2
                #EXT-X-SERVER-CONTROL:HOLD-BACK=6
                #EXT-X-MEDIA-SEQUENCE:1
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:01.500Z
                #EXTINF:2.00000,
                v0/1.ts
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:03.500Z
                #EXTINF:2.00000,
                v0/2.ts
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:05.500Z
                #EXTINF:1.00000,
                v0/3.ts
                #EXT-X-ENDLIST

                """)
    }

    @Test func `of low latency have the parts that are there, and the next one`() {
        #expect(
            playlist(Example.presentation(.llHLS), at: 3.2) == """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-TARGETDURATION:2
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5
                #EXT-X-PART-INF:PART-TARGET=0.50000
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-MAP:URI="v0/init.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2000-02-28T23:59:59.500Z
                #EXT-X-PART:DURATION=0.50000,URI="v0/0.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.50000,URI="v0/0.1.m4s"
                #EXT-X-PART:DURATION=0.50000,URI="v0/0.2.m4s"
                #EXT-X-PART:DURATION=0.50000,URI="v0/0.3.m4s"
                #EXTINF:2.00000,
                v0/0.m4s
                #EXT-X-PROGRAM-DATE-TIME:2000-02-29T00:00:01.500Z
                #EXT-X-PART:DURATION=0.50000,URI="v0/1.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.50000,URI="v0/1.1.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v0/1.2.m4s"

                """)
    }

    @Test func `of all renditions have their rates, codecs and the sound apart`() {
        #expect(
            HLSWriter(Example.presentation(.llHLS)).multivariant == """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=8800,AVERAGE-BANDWIDTH=5030,CODECS="avc3.42c01e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="audio"
                v0.m3u8

                """)
    }
}

@Suite("The manifest of DASH") struct ManifestTests {
    private func manifest(_ protocol: HTTPProtocol, at seconds: Double) -> String {
        MPDWriter(Example.presentation(`protocol`)).manifest(at: .seconds(seconds), start: Example.start)
    }

    @Test func `has templates from which a client works out what is there`() {
        #expect(
            manifest(.llDASH, at: 0) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic" \
                availabilityStartTime="2000-02-28T23:59:59.500Z" publishTime="2000-02-28T23:59:59.500Z" \
                maxSegmentDuration="PT2S" minBufferTime="PT2S" minimumUpdatePeriod="PT2S" timeShiftBufferDepth="PT6S" \
                suggestedPresentationDelay="PT1.5S">
                  <ServiceDescription id="0">
                    <Latency target="1500"/>
                    <PlaybackRate min="0.95" max="1.05"/>
                  </ServiceDescription>
                  <Period id="0" start="PT0S">
                    <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
                      <SegmentTemplate timescale="1000" duration="2000" startNumber="0" \
                initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number$.m4s" \
                availabilityTimeOffset="1.5" availabilityTimeComplete="false"/>
                      <Representation id="v0" bandwidth="8000" codecs="avc3.42c01e" width="640" height="360" frameRate="30"/>
                    </AdaptationSet>
                    <AdaptationSet contentType="audio" mimeType="audio/mp4" lang="und" segmentAlignment="true">
                      <SegmentTemplate timescale="1000" duration="2000" startNumber="0" \
                initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number$.m4s" \
                availabilityTimeOffset="1.5" availabilityTimeComplete="false"/>
                      <Representation id="audio" bandwidth="800" codecs="mp4a.40.2" audioSamplingRate="48000"/>
                    </AdaptationSet>
                  </Period>
                </MPD>

                """)
    }

    @Test func `becomes static with the end`() {
        let text = manifest(.dash, at: 7)
        #expect(text.contains("type=\"static\"") && text.contains("mediaPresentationDuration=\"PT7S\""))
        #expect(text.contains("<Period id=\"0\" start=\"PT0S\" duration=\"PT7S\">"))
        #expect(!text.contains("minimumUpdatePeriod") && !text.contains("availabilityTimeOffset"))
        #expect(!manifest(.dash, at: 6.9).contains("static"))
    }
}
