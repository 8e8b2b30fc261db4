package import LabModel

/// Writes a presentation's manifest: the live profile of ISO/IEC 23009-1, with numbered segments of one length.
package struct MPDWriter: Sendable {
    private let presentation: Presentation
    private var plan: HTTPPlan { presentation.plan }

    package init(_ presentation: Presentation) {
        self.presentation = presentation
    }

    /// The manifest as it is `now` after the stream's start.
    ///
    /// - Parameter start: the stream's start by the wall clock.
    package func manifest(at now: TimeSpan, start: Timestamp) -> String {
        let hasEnded = now >= presentation.end
        let duration = ManifestText.brief(presentation.duration)
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", head(hasEnded: hasEnded, start)]
        lines += service
        lines.append("  <Period id=\"0\" start=\"PT0S\"\(hasEnded ? " duration=\"PT\(duration)S\"" : "")>")
        lines += set(.video, presentation.renditions(of: .video))
        let sound = presentation.renditions(of: .audio)
        if !sound.isEmpty { lines += set(.audio, sound) }
        lines += ["  </Period>", "</MPD>"]
        return lines.map { $0 + "\n" }.joined()
    }

    private func head(hasEnded: Bool, _ start: Timestamp) -> String {
        let origin = ManifestText.moment(start)
        let segment = ManifestText.brief(plan.segment)
        var attributes = [
            "xmlns=\"urn:mpeg:dash:schema:mpd:2011\"", "profiles=\"urn:mpeg:dash:profile:isoff-live:2011\"",
            "type=\"\(hasEnded ? "static" : "dynamic")\"", "availabilityStartTime=\"\(origin)\"",
            "publishTime=\"\(origin)\"", "maxSegmentDuration=\"PT\(segment)S\"", "minBufferTime=\"PT\(segment)S\"",
        ]
        if hasEnded {
            attributes.append("mediaPresentationDuration=\"PT\(ManifestText.brief(presentation.duration))S\"")
        } else {
            let window = TimeSpan(nanoseconds: plan.segment.nanoseconds * Int64(plan.window))
            attributes += [
                "minimumUpdatePeriod=\"PT\(segment)S\"", "timeShiftBufferDepth=\"PT\(ManifestText.brief(window))S\"",
                "suggestedPresentationDelay=\"PT\(ManifestText.brief(latency))S\"",
            ]
        }
        return "<MPD \(attributes.joined(separator: " "))>"
    }

    private var latency: TimeSpan { plan.latency(of: presentation.protocol) }

    private var service: [String] {
        let share = plan.catchup(of: presentation.protocol).value
        let rates = [1 - share, 1 + share].map { ManifestText.brief(TimeSpan(seconds: $0)) }
        return [
            "  <ServiceDescription id=\"0\">", "    <Latency target=\"\(latency.nanoseconds / 1_000_000)\"/>",
            "    <PlaybackRate min=\"\(rates[0])\" max=\"\(rates[1])\"/>", "  </ServiceDescription>",
        ]
    }

    private func set(_ kind: MediaKind, _ renditions: [Rendition]) -> [String] {
        let alignment =
            kind == .video ? "segmentAlignment=\"true\" startWithSAP=\"1\"" : "lang=\"und\" segmentAlignment=\"true\""
        return [
            "    <AdaptationSet contentType=\"\(kind.rawValue)\" mimeType=\"\(kind.rawValue)/mp4\" \(alignment)>",
            "      \(template)",
        ] + renditions.map { "      \(representation($0))" } + ["    </AdaptationSet>"]
    }

    private var template: String {
        var attributes = [
            "timescale=\"1000\"", "duration=\"\(plan.segment.nanoseconds / 1_000_000)\"", "startNumber=\"0\"",
            "initialization=\"$RepresentationID$/init.mp4\"", "media=\"$RepresentationID$/$Number$.m4s\"",
        ]
        if presentation.protocol.isLowLatency {
            // A segment is there as soon as its first chunk is.
            attributes.append("availabilityTimeOffset=\"\(ManifestText.brief(plan.segment - plan.part))\"")
            attributes.append("availabilityTimeComplete=\"false\"")
        }
        return "<SegmentTemplate \(attributes.joined(separator: " "))/>"
    }

    private func representation(_ rendition: Rendition) -> String {
        var attributes = [
            "id=\"\(rendition.name)\"", "bandwidth=\"\(rendition.peakRate)\"", "codecs=\"\(rendition.codecs)\"",
        ]
        if let video = rendition.video {
            attributes += ["width=\"\(video.width)\"", "height=\"\(video.height)\""]
            if let rate = video.framesPerSecond {
                attributes.append("frameRate=\"\(ManifestText.rate(rate, decimals: 0))\"")
            }
        }
        if let audio = rendition.audio { attributes.append("audioSamplingRate=\"\(audio.sampleRate)\"") }
        return "<Representation \(attributes.joined(separator: " "))/>"
    }
}
