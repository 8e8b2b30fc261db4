internal import LabModel
internal import XML

/// Reads an MPD.
struct MPDReader {
    private let url: String

    /// - Parameter url: where it came from, which its own references are relative to.
    init(url: String) {
        self.url = url
    }

    func read(_ body: [UInt8]) throws(ManifestError) -> MediaPresentationDescription {
        let root: XMLElement
        do throws(XMLError) {
            root = try XMLParser.parse(body)
        } catch {
            throw ManifestError(error.reason, line: error.line)
        }
        guard root.name == "MPD" else { throw ManifestError("the root is <\(root.name)>, not <MPD>", line: root.line) }
        var mpd = MediaPresentationDescription(isDynamic: root.attributes["type"] == "dynamic")
        mpd.availabilityStart = root.attributes["availabilityStartTime"].flatMap { Timestamp(iso8601: $0) }
        mpd.duration = try span(root, "mediaPresentationDuration")
        mpd.minimumUpdatePeriod = try span(root, "minimumUpdatePeriod")
        mpd.timeShiftBuffer = try span(root, "timeShiftBufferDepth")
        mpd.suggestedDelay = try span(root, "suggestedPresentationDelay")
        mpd.minimumBuffer = try span(root, "minBufferTime")
        mpd.longestSegment = try span(root, "maxSegmentDuration")
        let latency = root.first("ServiceDescription")?.first("Latency")?.attributes["target"]
        mpd.targetLatency = latency.flatMap(Double.init).map { .milliseconds($0) }
        if mpd.isDynamic, mpd.availabilityStart == nil {
            throw ManifestError("a dynamic MPD without availabilityStartTime", line: root.line)
        }
        mpd.periods = try periods(root)
        return mpd
    }

    private func span(_ element: XMLElement, _ name: String) throws(ManifestError) -> TimeSpan? {
        guard let text = element.attributes[name] else { return nil }
        guard let span = TimeSpan(iso8601: text) else {
            throw ManifestError("\(name) '\(text)' is no duration", line: element.line)
        }
        return span
    }

    private func periods(_ root: XMLElement) throws(ManifestError) -> [MediaPresentationDescription.Period] {
        let base = resolve(root, against: url)
        var periods: [MediaPresentationDescription.Period] = []
        for element in root.all("Period") {
            let before = periods.last.flatMap { last in last.duration.map { last.start + $0 } }
            var period = MediaPresentationDescription.Period(
                start: try span(element, "start") ?? before ?? .zero, duration: try span(element, "duration"))
            for set in element.all("AdaptationSet") {
                period.sets.append(try read(set, in: element, base: resolve(element, against: base)))
            }
            periods.append(period)
        }
        guard !periods.isEmpty else { throw ManifestError("no <Period>", line: root.line) }
        return periods
    }

    private func resolve(_ element: XMLElement, against base: String) -> String {
        guard let text = element.first("BaseURL")?.text else { return base }
        return URLReference.resolve(text.filter { !$0.isWhitespace }, against: base)
    }

    private func read(
        _ set: XMLElement, in period: XMLElement, base: String
    ) throws(ManifestError) -> MediaPresentationDescription.AdaptationSet {
        let type = set.attributes["mimeType"] ?? set.first("Representation")?.attributes["mimeType"] ?? ""
        let content = set.attributes["contentType"] ?? String(type.prefix { $0 != "/" })
        var result = MediaPresentationDescription.AdaptationSet(content: content)
        let setBase = resolve(set, against: base)
        for element in set.all("Representation") {
            guard let id = element.attributes["id"], let rate = element.attributes["bandwidth"].flatMap(Int64.init),
                rate > 0
            else { throw ManifestError("a representation without id or bandwidth", line: element.line) }
            let attribute = { (name: String) in (element.attributes[name] ?? set.attributes[name]).flatMap { Int($0) } }
            result.representations.append(
                MediaPresentationDescription.Representation(
                    id: id, rate: Rate(bitsPerSecond: rate), width: attribute("width"), height: attribute("height"),
                    base: resolve(element, against: setBase), segments: try template([element, set, period])))
        }
        return result
    }

    /// What is said nearest to the representation counts (5.3.9.1).
    private func template(_ levels: [XMLElement]) throws(ManifestError) -> SegmentTemplate {
        let templates = levels.compactMap { $0.first("SegmentTemplate") }
        guard let nearest = templates.first else {
            throw ManifestError("a representation without <SegmentTemplate>", line: levels[0].line)
        }
        let attribute = { (name: String) in templates.lazy.compactMap { $0.attributes[name] }.first }
        let integer = { (name: String) in attribute(name).flatMap { Int64($0) } }
        guard let media = attribute("media") else {
            throw ManifestError("a <SegmentTemplate> without media", line: nearest.line)
        }
        let timescale = integer("timescale") ?? 1
        let duration = integer("duration")
        let timeline = try templates.lazy.compactMap { $0.first("SegmentTimeline") }.first.map(runs) ?? []
        guard timescale > 0, timeline.isEmpty ? duration ?? 0 > 0 : true else {
            throw ManifestError("a <SegmentTemplate> that tells no durations", line: nearest.line)
        }
        let earlier = attribute("availabilityTimeOffset").flatMap { $0 == "INF" ? 1e9 : Double($0) } ?? 0
        return SegmentTemplate(
            initialization: attribute("initialization"), media: media,
            startNumber: integer("startNumber").flatMap { Int(exactly: $0) } ?? 1, timescale: timescale,
            duration: timeline.isEmpty ? duration : nil, timeline: timeline,
            offset: integer("presentationTimeOffset") ?? 0, availableEarlier: .seconds(max(0, earlier)),
            isComplete: attribute("availabilityTimeComplete") != "false")
    }

    private func runs(_ timeline: XMLElement) throws(ManifestError) -> [SegmentTemplate.Run] {
        var runs: [SegmentTemplate.Run] = []
        for element in timeline.all("S") {
            guard let duration = element.attributes["d"].flatMap(Int64.init), duration > 0,
                let further = Int(element.attributes["r"] ?? "0"), (0...1_000_000).contains(further)
            else { throw ManifestError("an <S> without a duration or with an open repeat", line: element.line) }
            let end = runs.last.map { $0.start + Int64($0.count) * $0.duration } ?? 0
            let start = element.attributes["t"].flatMap(Int64.init) ?? end
            runs.append(SegmentTemplate.Run(start: start, duration: duration, count: further + 1))
        }
        return runs
    }
}
