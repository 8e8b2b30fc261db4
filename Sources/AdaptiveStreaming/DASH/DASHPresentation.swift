package import LabModel

/// MPEG-DASH (ISO/IEC 23009-1), live or not: segments by template, with a duration or a timeline.
///
/// Of an MPD with several periods the last that has begun is played. The clock is the machine's: of a lab both ends share
/// it, so `UTCTiming` is not asked.
package struct DASHPresentation: Presentation {
    private let url: String
    private var mpd: MediaPresentationDescription?
    private var began = Timestamp(nanoseconds: 0)
    private var sets: [[MediaPresentationDescription.Representation]] = []
    package private(set) var tracks: [Track] = []

    package init(url: String) {
        self.url = url
    }

    package mutating func take(
        _ body: [UInt8], from url: String, began: Timestamp, now: Timestamp
    ) throws(ManifestError) {
        let mpd = try MPDReader(url: url).read(body)
        self.mpd = mpd
        self.began = began
        guard let period = period else { throw ManifestError("no period has begun") }
        let video = period.sets.first { $0.content == "video" }
        let audio = period.sets.first { $0.content == "audio" }
        let chosen = [(Track.Content.main, video), (.audio, audio)].compactMap { content, set in
            set.flatMap { $0.representations.isEmpty ? nil : (content, $0) }
        }
        // A live period that has nothing yet.
        if mpd.isDynamic, period.sets.isEmpty { return }
        guard !chosen.isEmpty else { throw ManifestError("no set of video or sound has a representation") }
        sets = chosen.map { $0.1.representations.sorted { $0.rate < $1.rate } }
        tracks = zip(chosen, sets).map { set, representations in
            Track(
                content: set.0,
                renditions: representations.map {
                    Rendition(name: $0.id, rate: $0.rate, width: $0.width, height: $0.height)
                })
        }
    }

    private var period: MediaPresentationDescription.Period? { mpd?.periods.last }

    package var isLowLatency: Bool {
        sets.first?.first.map { !$0.segments.isComplete && $0.segments.availableEarlier > .zero } ?? false
    }

    package var segmentLength: TimeSpan? { mpd.map { $0.longestSegment ?? longestSegment } }

    package func manifest(track: Int, rendition: Int, position: Position?, now: Timestamp) -> ManifestStep {
        guard let mpd else { return .fetch(url: url) }
        guard track == 0, mpd.isDynamic, let update = mpd.minimumUpdatePeriod else { return .wait(until: nil) }
        let due = began + max(update, Self.shortestUpdate)
        return due <= now ? .fetch(url: url) : .wait(until: due)
    }

    package let hasOneManifest = true

    package func manifestURL(track: Int, rendition: Int) -> String { url }

    /// An update period of zero means "when you need it".
    private static let shortestUpdate = TimeSpan.milliseconds(500)

    package func liveMoment(now: Timestamp) -> TimeSpan? {
        guard let mpd else { return nil }
        guard mpd.isDynamic, let start = mpd.availabilityStart else { return end }
        return now - start
    }

    /// Where everything ends, where that is known.
    private var end: TimeSpan? {
        guard let mpd, let period else { return nil }
        return period.duration.map { period.start + $0 } ?? mpd.duration
    }

    package var target: LatencyTarget? {
        guard let mpd else { return nil }
        if let latency = mpd.targetLatency { return LatencyTarget(latency: latency, source: "Latency@target") }
        if let delay = mpd.suggestedDelay { return LatencyTarget(latency: delay, source: "suggestedPresentationDelay") }
        let segment = segmentLength?.nanoseconds ?? 0
        return LatencyTarget(latency: TimeSpan(nanoseconds: 3 * segment), source: "three segments")
    }

    private var longestSegment: TimeSpan {
        guard let template = sets.first?.first?.segments else { return .zero }
        return template.duration.map(template.span) ?? template.timeline.map { template.span($0.duration) }.max()
            ?? .zero
    }

    package func join(track: Int, rendition: Int, at moment: TimeSpan?, now: Timestamp) -> Entry? {
        guard let mpd, let period, let target, let live = liveMoment(now: now) else { return nil }
        let template = sets[track][rendition].segments
        let wanted = moment ?? (mpd.isDynamic ? max(live - target.latency, period.start) : period.start)
        guard let number = template.number(at: max(wanted - period.start, .zero)), let slot = template.slot(number)
        else { return nil }
        // Rather a segment that is there than one that is still to come.
        let isThere = availability(slot, template).map { $0 <= now } ?? true
        let chosen = isThere ? slot : template.slot(number - 1) ?? slot
        return Entry(position: Position(chosen.number), start: period.start + template.start(of: chosen))
    }

    /// When a segment may be asked for (5.3.9.5.3); nil where it always may.
    private func availability(_ slot: SegmentTemplate.Slot, _ template: SegmentTemplate) -> Timestamp? {
        guard let mpd, let period, mpd.isDynamic, let start = mpd.availabilityStart else { return nil }
        let end = period.start + template.start(of: slot) + template.span(slot.duration)
        return start + end - template.availableEarlier
    }

    package func next(track: Int, rendition: Int, position: Position, now: Timestamp) -> PieceStep {
        guard let mpd, let period, sets.indices.contains(track), sets[track].indices.contains(rendition) else {
            return .wait(until: nil)
        }
        let representation = sets[track][rendition]
        let template = representation.segments
        var number = max(position.number, template.startNumber)
        if mpd.isDynamic, let first = firstKept(template, now: now) { number = max(number, first) }
        guard let slot = template.slot(number) else { return mpd.isDynamic && end == nil ? .wait(until: nil) : .ended }
        let start = period.start + template.start(of: slot)
        if let end, start + Self.slack >= end { return .ended }
        if let time = availability(slot, template), time > now { return .wait(until: time) }
        guard let piece = piece(representation, slot, start) else { return .ended }
        return .fetch(piece)
    }

    /// A last segment shorter than this is rounding.
    private static let slack = TimeSpan.milliseconds(10)

    /// The first segment that the server must still have (`timeShiftBufferDepth`); a timeline has no others.
    private func firstKept(_ template: SegmentTemplate, now: Timestamp) -> Int? {
        guard let mpd, let period, template.timeline.isEmpty, let depth = mpd.timeShiftBuffer,
            let live = liveMoment(now: now)
        else { return nil }
        return template.number(at: max(live - depth - longestSegment - period.start, .zero))
    }

    private func piece(
        _ representation: MediaPresentationDescription.Representation, _ slot: SegmentTemplate.Slot, _ start: TimeSpan
    ) -> MediaPiece? {
        let template = representation.segments
        let expand = { (text: String) in
            TemplateText.expand(
                text, id: representation.id, rate: representation.rate.bitsPerSecond, number: slot.number,
                time: slot.time
            ).map { Resource(url: URLReference.resolve($0, against: representation.base)) }
        }
        guard let media = expand(template.media) else { return nil }
        return MediaPiece(
            resource: media, initialization: template.initialization.flatMap(expand), position: Position(slot.number),
            isPart: false, start: start, duration: template.span(slot.duration), next: Position(slot.number + 1))
    }
}
