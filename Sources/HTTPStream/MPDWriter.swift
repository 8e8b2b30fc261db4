package import LabModel

/// Writes a presentation's manifest: the live profile of ISO/IEC 23009-1, with numbered segments of one length, or with a
/// timeline of those that are there where their lengths differ.
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
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", head(at: now, start)]
        lines += service
        lines.append("  <Period id=\"0\" start=\"PT0S\"\(hasEnded ? " duration=\"PT\(duration)S\"" : "")>")
        if hasContent(at: now) {
            for kind in MediaKind.allCases { lines += set(kind, presentation.renditions(of: kind), at: now) }
        }
        lines += ["  </Period>", "</MPD>"]
        return lines.map { $0 + "\n" }.joined()
    }

    /// A timeline must have a segment; until then the period is empty.
    private func hasContent(at now: TimeSpan) -> Bool {
        presentation.isRegular || presentation.renditions.allSatisfy { now >= $0.begin }
    }

    private func head(at now: TimeSpan, _ start: Timestamp) -> String {
        let hasEnded = now >= presentation.end
        let origin = ManifestText.moment(start + presentation.lead)
        let segment = ManifestText.brief(presentation.longestSegment)
        var attributes = [
            "xmlns=\"urn:mpeg:dash:schema:mpd:2011\"", "profiles=\"urn:mpeg:dash:profile:isoff-live:2011\"",
            "type=\"\(hasEnded ? "static" : "dynamic")\"", "availabilityStartTime=\"\(origin)\"",
            "publishTime=\"\(origin)\"", "maxSegmentDuration=\"PT\(segment)S\"", "minBufferTime=\"PT\(segment)S\"",
        ]
        if hasEnded {
            attributes.append("mediaPresentationDuration=\"PT\(ManifestText.brief(presentation.duration))S\"")
        } else {
            let window = TimeSpan(nanoseconds: presentation.longestSegment.nanoseconds * Int64(plan.window))
            attributes += [
                "minimumUpdatePeriod=\"PT\(ManifestText.brief(updatePeriod(at: now)))S\"",
                "timeShiftBufferDepth=\"PT\(ManifestText.brief(window))S\"",
                "suggestedPresentationDelay=\"PT\(ManifestText.brief(latency))S\"",
            ]
        }
        return "<MPD \(attributes.joined(separator: " "))>"
    }

    private var latency: TimeSpan { presentation.latency }

    /// A timeline changes when a segment comes, or with low latency when it begins to.
    private func updatePeriod(at now: TimeSpan) -> TimeSpan {
        if presentation.isRegular { return plan.segment }
        return presentation.protocol.isLowLatency || !hasContent(at: now) ? plan.part : plan.segment
    }

    private var service: [String] {
        let share = plan.catchup(of: presentation.protocol).value
        let rates = [1 - share, 1 + share].map { ManifestText.brief(TimeSpan(seconds: $0)) }
        return [
            "  <ServiceDescription id=\"0\">", "    <Latency target=\"\(latency.nanoseconds / 1_000_000)\"/>",
            "    <PlaybackRate min=\"\(rates[0])\" max=\"\(rates[1])\"/>", "  </ServiceDescription>",
        ]
    }

    private func set(_ kind: MediaKind, _ renditions: [Rendition], at now: TimeSpan) -> [String] {
        guard let first = renditions.first else { return [] }
        let alignment =
            kind == .video ? "segmentAlignment=\"true\" startWithSAP=\"1\"" : "lang=\"und\" segmentAlignment=\"true\""
        return [
            "    <AdaptationSet contentType=\"\(kind.rawValue)\" mimeType=\"\(kind.rawValue)/mp4\" \(alignment)>"
        ] + template(first, at: now).map { "      \($0)" } + renditions.map { "      \(representation($0))" } + [
            "    </AdaptationSet>"
        ]
    }

    /// - Parameter rendition: any of its set, all of which are cut alike.
    private func template(_ rendition: Rendition, at now: TimeSpan) -> [String] {
        let names = [
            "initialization=\"$RepresentationID$/init.mp4\"", "media=\"$RepresentationID$/$Number$.m4s\"",
        ]
        guard presentation.isRegular else { return timeline(rendition, names, at: now) }
        var attributes = ["timescale=\"1000\"", "duration=\"\(milliseconds(plan.segment))\""]
        if presentation.lead > .zero {
            attributes.append("presentationTimeOffset=\"\(milliseconds(presentation.lead))\"")
        }
        attributes += ["startNumber=\"0\""] + names
        if presentation.protocol.isLowLatency {
            // A segment is there as soon as its first chunk is.
            attributes.append("availabilityTimeOffset=\"\(ManifestText.brief(plan.segment - plan.part))\"")
            attributes.append("availabilityTimeComplete=\"false\"")
        }
        return ["<SegmentTemplate \(attributes.joined(separator: " "))/>"]
    }

    private func milliseconds(_ span: TimeSpan) -> Int64 { span.nanoseconds / 1_000_000 }

    /// Every segment of the window, in ticks of the track; with low latency the one that grows too.
    private func timeline(_ rendition: Rendition, _ names: [String], at now: TimeSpan) -> [String] {
        let ticks = { (span: TimeSpan) in Int64((span.seconds * Double(rendition.timescale)).rounded()) }
        var segments = Array(rendition.listed(at: now, window: plan.window))
        let isLowLatency = presentation.protocol.isLowLatency
        if isLowLatency, let growing = rendition.growing(at: now) { segments.append(growing) }
        var attributes = [
            "timescale=\"\(rendition.timescale)\"", "presentationTimeOffset=\"\(ticks(presentation.lead))\"",
            "startNumber=\"\(segments.first?.number ?? 0)\"",
        ]
        attributes += names
        // What is listed can be asked for.
        if isLowLatency { attributes += ["availabilityTimeOffset=\"INF\"", "availabilityTimeComplete=\"false\""] }
        let runs = segments.map { segment in
            let start = ticks(presentation.lead + segment.start)
            let end = ticks(presentation.lead + segment.start + segment.duration)
            return "    <S t=\"\(start)\" d=\"\(end - start)\"/>"
        }
        return ["<SegmentTemplate \(attributes.joined(separator: " "))>", "  <SegmentTimeline>"] + runs
            + ["  </SegmentTimeline>", "</SegmentTemplate>"]
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
