internal import CAV
internal import HTTPStream
internal import LabModel

/// Cuts media into the pieces of a presentation. All bytes are made before the first is asked for.
struct Packager {
    /// An access unit with the piece that carries it.
    struct PublishedUnit {
        var line: SentUnit
        /// When it was due, and when its piece is there, since the stream's start, in nanoseconds.
        var due: Int64
        var available: Int64
    }

    private(set) var presentation: Presentation
    private(set) var streams: [StreamFacts] = []
    private(set) var units: [PublishedUnit] = []
    private let marked: Bool
    private let cut: (video: SegmentCut, sound: SegmentCut)
    private let shift: TimeSpan

    /// - Parameters:
    ///   - sources: the ladder's renditions; the first has the sound.
    ///   - marked: whether they have netlab's marks.
    init(_ sources: [MediaSource], protocol: HTTPProtocol, plan: HTTPPlan, marked: Bool) throws(MediaError) {
        guard let first = sources.first, let video = first.streams.first(where: { $0.kind == .video }) else {
            throw MediaError("package", sources.first?.path ?? "nothing", "it has no video")
        }
        self.marked = marked
        for stream in first.streams where CodecName.of(stream, inBand: true) == nil {
            let codec = stream.parameters.codec
            throw MediaError("package", first.path, "its \(stream.kind) is \(codec), which playlists cannot name here")
        }
        shift = TimeSpan(nanoseconds: first.presentationStart)
        let start = video.units.map { video.time($0.pts) }.min() ?? .zero
        presentation = Presentation(protocol: `protocol`, plan: plan, renditions: [], lead: shift + start)
        cut = try SegmentCut.make(
            of: video, segment: plan.segment, part: `protocol`.isLowLatency ? plan.part : nil, path: first.path)
        let sound = first.streams.first { $0.kind == .audio }
        for (rung, source) in sources.enumerated() {
            guard let pictures = source.streams.first(where: { $0.kind == .video }) else { continue }
            let name = SiteLayout.video(rung)
            try AVFailure.naming("package", source.path) { () throws(AVFailure) in
                if plan.container(of: `protocol`) == .ts {
                    try addTransportStream(pictures, sound, name, of: sources.count)
                } else {
                    try addTrack(pictures, name, sources.count > 1 ? name : nil)
                }
            }
        }
        if let sound, plan.container(of: `protocol`) == .fmp4 {
            try AVFailure.naming("package", first.path) { () throws(AVFailure) in
                try addTrack(sound, SiteLayout.audio, nil)
            }
        }
        for rendition in presentation.renditions where !rendition.isContiguous {
            throw MediaError("package", first.path, "its \(rendition.kind) has nothing in a whole segment")
        }
        units.sort { ($0.available, $0.due) < ($1.available, $1.due) }
    }

    private mutating func addTrack(
        _ stream: MediaSource.Stream, _ name: String, _ rendition: String?
    ) throws(AVFailure) {
        let muxer = try FragmentMuxer([stream], shift: shift)
        let groups = UnitGroup.all(of: stream, cut: stream.kind == .video ? cut.video : cut.sound)
        var pieces: [(segment: Int, start: TimeSpan, piece: Piece)] = []
        for group in groups {
            let bytes = try muxer.fragment(stream.units[group.units], end: group.end)
            pieces.append((group.place.segment, start(of: group, in: stream), group.piece(bytes, stream, shift)))
        }
        let clock = AVRational(num: 1, den: Int32(muxer.clockRate()))
        let first = av_rescale_q(shift.nanoseconds, .nanosecond, clock)
        note(stream, groups, clock, first: first, rendition)
        try add(pieces, name, stream, and: nil, initialization: muxer.initialization)
    }

    /// Pictures and sound in one, of which the sound is the same in each rendition and noted once.
    private mutating func addTransportStream(
        _ pictures: MediaSource.Stream, _ sound: MediaSource.Stream?, _ name: String, of count: Int
    ) throws(AVFailure) {
        let muxer = try TransportStreamSegmenter([pictures, sound].compactMap(\.self), shift: shift)
        let groups = UnitGroup.all(of: pictures, cut: cut.video)
        let heard = sound.map { UnitGroup.all(of: $0, cut: cut.sound) } ?? []
        var pieces: [(segment: Int, start: TimeSpan, piece: Piece)] = []
        for group in groups {
            let beside = heard.first { $0.place == group.place }
            let bytes = try muxer.segment([group.units, beside?.units ?? 0..<0])
            pieces.append((group.place.segment, start(of: group, in: pictures), group.piece(bytes, pictures, shift)))
        }
        note(pictures, groups, .transportStreamClock, first: muxer.first, count > 1 ? name : nil)
        if let sound, presentation.renditions.isEmpty {
            note(sound, heard, .transportStreamClock, first: muxer.first, nil)
        }
        try add(pieces, name, pictures, and: sound, initialization: nil)
    }

    /// On the presentation's time line.
    private func start(of group: UnitGroup, in stream: MediaSource.Stream) -> TimeSpan {
        stream.time(stream.units[group.units.lowerBound].pts) + shift - presentation.lead
    }

    private mutating func add(
        _ pieces: [(segment: Int, start: TimeSpan, piece: Piece)], _ name: String, _ stream: MediaSource.Stream,
        and other: MediaSource.Stream?, initialization: [UInt8]?
    ) throws(AVFailure) {
        let codecs = [stream, other].compactMap(\.self).compactMap { CodecName.of($0, inBand: initialization != nil) }
        var segments: [Segment] = []
        for (number, start, piece) in pieces {
            if segments.last?.number != number { segments.append(Segment(number: number, start: start, pieces: [])) }
            segments[segments.count - 1].pieces.append(piece)
        }
        let parameters = stream.parameters.raw.pointee
        let isVideo = stream.kind == .video
        presentation.renditions.append(
            Rendition(
                name: name, kind: stream.kind, codecs: codecs.joined(separator: ","),
                video: isVideo
                    ? .init(
                        width: Int(parameters.width), height: Int(parameters.height),
                        framesPerSecond: stream.framesPerSecond) : nil,
                audio: isVideo
                    ? nil
                    : .init(
                        sampleRate: Int(parameters.sample_rate), channels: Int(parameters.ch_layout.nb_channels)),
                initialization: initialization, segments: segments))
    }

    /// - Parameter first: the timestamp of presentation time 0.
    private mutating func note(
        _ stream: MediaSource.Stream, _ groups: [UnitGroup], _ clock: AVRational, first: Int64, _ rendition: String?
    ) {
        streams.append(
            StreamFacts(
                stream, clockRate: Int(clock.den), firstTimestamp: UInt32(truncatingIfNeeded: first),
                rendition: rendition, marked: marked))
        for group in groups {
            let available = (group.available + shift).nanoseconds
            for index in group.units {
                let unit = stream.units[index]
                let ticks = first + av_rescale_q(unit.pts, stream.timeBase, clock)
                let line = SentUnit(stream, index, timestamp: ticks, rendition: rendition)
                units.append(
                    PublishedUnit(
                        line: line, due: (stream.time(unit.dts) + shift).nanoseconds, available: available))
            }
        }
    }
}
