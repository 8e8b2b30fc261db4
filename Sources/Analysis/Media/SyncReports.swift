internal import LabModel

/// The offset of sound and picture, by every method that a run allows.
struct SyncReports {
    private let content: SyncAnalysis?
    private let transport: SyncAnalysis?
    private let arrival: SyncAnalysis?

    init(_ inputs: RunInputs, units: [MediaKind: [UnitFate]], control: [RTCPReport], origin: Timestamp) {
        guard let video = inputs.facts(.video), let audio = inputs.facts(.audio) else {
            (content, transport, arrival) = (nil, nil, nil)
            return
        }
        let clocks: [MediaKind: SenderClock?] = [
            .video: SenderClock(control, facts: video), .audio: SenderClock(control, facts: audio),
        ]
        let picture = units[.video] ?? []
        let sound = units[.audio] ?? []
        arrival = SyncAnalysis(video: Self.arrivals(picture), audio: Self.arrivals(sound))
        if let pictureClock = clocks[.video].flatMap(\.self), let soundClock = clocks[.audio].flatMap(\.self) {
            transport = SyncAnalysis(
                video: Self.scheduled(picture, clock: pictureClock, origin: origin),
                audio: Self.scheduled(sound, clock: soundClock, origin: origin))
        } else {
            transport = nil
        }
        let times = Dictionary(
            picture.map { ($0.unit.timestamp, $0.completed) }, uniquingKeysWith: { first, _ in first })
        let pictures = MarkAnalysis(inputs.frameMarks, facts: video)?
            .points(clock: clocks[.video].flatMap(\.self), origin: origin) { times[$0] ?? nil }
        let sounds = inputs.soundMarks.map {
            $0.point(clock: clocks[.audio].flatMap(\.self), facts: audio, origin: origin)
        }
        content = pictures.map { SyncAnalysis(video: $0, audio: sounds) }
    }

    var reports: [SyncReport] {
        [content?.report(.content), transport?.report(.transport), arrival?.report(.arrival)].compactMap(\.self)
    }

    func series(bins: TimeBins) -> [Series] {
        [
            content?.series(Series.Name.syncContent, bins: bins),
            transport?.series(Series.Name.syncTransport, bins: bins),
            arrival?.series(Series.Name.syncArrival, bins: bins),
        ].compactMap(\.self)
    }

    /// How long each unit was under way.
    private static func arrivals(_ units: [UnitFate]) -> [SyncAnalysis.Point] {
        units.compactMap { fate in
            fate.completed.map { SyncAnalysis.Point(time: $0, lateness: $0 - fate.unit.due) }
        }
    }

    /// How much later than its pts each unit is presented by the sender reports that had come.
    private static func scheduled(
        _ units: [UnitFate], clock: SenderClock, origin: Timestamp
    ) -> [SyncAnalysis.Point] {
        units.compactMap { fate in
            fate.completed.map { completed in
                let presented = clock.time(of: fate.unit.timestamp, at: completed)
                return SyncAnalysis.Point(time: completed, lateness: presented - (origin + fate.unit.pts))
            }
        }
    }
}
