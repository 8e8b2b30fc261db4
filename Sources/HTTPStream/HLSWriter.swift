package import LabModel

/// Writes the playlists of a presentation (RFC 8216; low latency: draft-pantos-hls-rfc8216bis).
package struct HLSWriter: Sendable {
    private let presentation: Presentation
    private var plan: HTTPPlan { presentation.plan }
    private var isLowLatency: Bool { presentation.protocol.isLowLatency }
    /// Parts are listed of so many of the last whole segments (RFC 8216bis section 6.2.2).
    private static let segmentsWithParts = 3

    package init(_ presentation: Presentation) {
        self.presentation = presentation
    }

    private var version: Int {
        if isLowLatency { return 9 }
        return plan.container(of: presentation.protocol) == .ts ? 3 : 7
    }

    /// Every rendition with its rate.
    package var multivariant: String {
        let audio = presentation.renditions(of: .audio).first
        var lines = ["#EXTM3U", "#EXT-X-VERSION:\(version)", "#EXT-X-INDEPENDENT-SEGMENTS"]
        if let audio {
            lines.append(
                "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"\(SiteLayout.audio)\",NAME=\"\(audio.name)\",DEFAULT=YES,AUTOSELECT=YES,"
                    + "CHANNELS=\"\(audio.audio?.channels ?? 2)\",URI=\"\(SiteLayout.playlist(audio.name))\"")
        }
        for rendition in presentation.renditions(of: .video) {
            lines += [variant(rendition, audio), SiteLayout.playlist(rendition.name)]
        }
        return text(lines)
    }

    private func variant(_ rendition: Rendition, _ audio: Rendition?) -> String {
        let codecs = [rendition.codecs, audio?.codecs].compactMap(\.self).joined(separator: ",")
        var attributes = [
            "BANDWIDTH=\(rendition.peakRate + (audio?.peakRate ?? 0))",
            "AVERAGE-BANDWIDTH=\(rendition.meanRate + (audio?.meanRate ?? 0))", "CODECS=\"\(codecs)\"",
        ]
        if let video = rendition.video {
            attributes.append("RESOLUTION=\(video.width)x\(video.height)")
            if let rate = video.framesPerSecond {
                attributes.append("FRAME-RATE=\(ManifestText.rate(rate, decimals: 3))")
            }
        }
        if audio != nil { attributes.append("AUDIO=\"\(SiteLayout.audio)\"") }
        return "#EXT-X-STREAM-INF:" + attributes.joined(separator: ",")
    }

    /// A rendition's playlist as it is `now` after the stream's start.
    ///
    /// - Parameter start: the stream's start by the wall clock.
    package func media(_ rendition: Rendition, at now: TimeSpan, start: Timestamp) -> String {
        let listed = rendition.listed(at: now, window: plan.window)
        let growing = isLowLatency ? rendition.growing(at: now) : nil
        let first = listed.first?.number ?? growing?.number ?? 0
        var lines = head(rendition, first: first)
        for segment in listed {
            let hasParts = isLowLatency && segment.number >= listed.endIndex - Self.segmentsWithParts
            lines.append(time(of: segment, start))
            if hasParts { lines += parts(of: segment, rendition, at: now) }
            lines += ["#EXTINF:\(ManifestText.seconds(segment.duration)),"]
            lines.append(SiteLayout.segment(segment.number, of: rendition))
        }
        if let growing { lines += [time(of: growing, start)] + parts(of: growing, rendition, at: now) }
        if rendition.hasEnded(at: now) {
            lines.append("#EXT-X-ENDLIST")
        } else if isLowLatency, let next = rendition.next(at: now) {
            let uri = SiteLayout.part(next.part, ofSegment: next.segment, of: rendition)
            lines.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"\(uri)\"")
        }
        return text(lines)
    }

    private func head(_ rendition: Rendition, first: Int) -> [String] {
        let latency = ManifestText.brief(presentation.latency)
        var lines = ["#EXTM3U", "#EXT-X-VERSION:\(version)", "#EXT-X-TARGETDURATION:\(presentation.targetDuration)"]
        if isLowLatency {
            lines += [
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=\(latency)",
                "#EXT-X-PART-INF:PART-TARGET=\(ManifestText.seconds(presentation.partTarget(rendition)))",
            ]
        } else {
            lines.append("#EXT-X-SERVER-CONTROL:HOLD-BACK=\(latency)")
        }
        lines.append("#EXT-X-MEDIA-SEQUENCE:\(first)")
        if rendition.initialization != nil {
            lines.append("#EXT-X-MAP:URI=\"\(SiteLayout.initialization(rendition.name))\"")
        }
        return lines
    }

    private func time(of segment: Segment, _ start: Timestamp) -> String {
        "#EXT-X-PROGRAM-DATE-TIME:" + ManifestText.moment(start + presentation.lead + segment.start)
    }

    private func parts(of segment: Segment, _ rendition: Rendition, at now: TimeSpan) -> [String] {
        segment.pieces.prefix(segment.published(at: now)).enumerated().map { index, piece in
            let uri = SiteLayout.part(index, ofSegment: segment.number, of: rendition)
            return "#EXT-X-PART:DURATION=\(ManifestText.seconds(piece.duration)),URI=\"\(uri)\""
                + (piece.isIndependent ? ",INDEPENDENT=YES" : "")
        }
    }

    private func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
