internal import LabModel

/// An MPD (ISO/IEC 23009-1), as far as a player of segments by template or list needs it.
struct MediaPresentationDescription: Hashable {
    var isDynamic: Bool
    var availabilityStart: Timestamp?
    var duration: TimeSpan?
    /// How often it may change; nil where it does not.
    var minimumUpdatePeriod: TimeSpan?
    var timeShiftBuffer: TimeSpan?
    var suggestedDelay: TimeSpan?
    var minimumBuffer: TimeSpan?
    var longestSegment: TimeSpan?
    /// `ServiceDescription/Latency@target`.
    var targetLatency: TimeSpan?
    var periods: [Period] = []

    struct Period: Hashable {
        var start: TimeSpan
        var duration: TimeSpan?
        var sets: [AdaptationSet] = []
    }

    struct AdaptationSet: Hashable {
        /// `video`, `audio`, ...
        var content: String
        var representations: [Representation] = []
    }

    struct Representation: Hashable {
        var id: String
        var rate: Rate
        var width: Int?
        var height: Int?
        /// What URLs are relative to, resolved.
        var base: String
        var segments: SegmentTemplate
    }
}

/// How a representation's segments are named and timed (ISO/IEC 23009-1, 5.3.9).
struct SegmentTemplate: Hashable {
    /// A run of segments of one length in a timeline.
    struct Run: Hashable {
        /// In ticks.
        var start: Int64
        var duration: Int64
        var count: Int
    }

    var initialization: String?
    var media: String
    var startNumber: Int
    /// Ticks a second.
    var timescale: Int64
    /// In ticks; nil where a timeline says it.
    var duration: Int64?
    var timeline: [Run]
    /// `@presentationTimeOffset`, in ticks.
    var offset: Int64
    /// How long before its end a segment is there, as it is made.
    var availableEarlier: TimeSpan
    /// Whether a segment that is there is there whole.
    var isComplete: Bool

    /// A segment's place in the period, in ticks.
    struct Slot: Hashable {
        var number: Int
        var time: Int64
        var duration: Int64
    }

    /// The segment of a number; nil where a timeline does not have it.
    func slot(_ number: Int) -> Slot? {
        let index = number - startNumber
        guard index >= 0 else { return nil }
        if let duration {
            let (time, overflow) = Int64(index).multipliedReportingOverflow(by: duration)
            return overflow ? nil : Slot(number: number, time: time + offset, duration: duration)
        }
        var before = 0
        for run in timeline {
            if index < before + run.count {
                return Slot(
                    number: number, time: run.start + Int64(index - before) * run.duration, duration: run.duration)
            }
            before += run.count
        }
        return nil
    }

    /// Of a timeline: how many segments it has.
    var timelineCount: Int { timeline.reduce(0) { $0 + $1.count } }

    /// The number of the segment that holds a moment of the period, or of the last before it.
    func number(at moment: TimeSpan) -> Int? {
        let ticks = Int64((moment.seconds * Double(timescale)).rounded(.down)) + offset
        if let duration { return startNumber + Int(max(0, ticks - offset) / duration) }
        let numbers = startNumber..<(startNumber + timelineCount)
        return numbers.last { slot($0).map { $0.time <= ticks } ?? false } ?? numbers.first
    }

    /// From the period's start.
    func start(of slot: Slot) -> TimeSpan { span(slot.time - offset) }

    func span(_ ticks: Int64) -> TimeSpan { TimeSpan(seconds: Double(ticks) / Double(timescale)) }
}
