import LabModel
import YAML

/// The keys of one change of `timeline:`.
enum TimelineKeys {
    static let at = Key(
        "at", .time(to: 86400, excludingLowest: true), required: true, "When, since the stream's start.")
    static let over = Key("over", .time(from: 0.01, to: 86400), "A ramp: how long it takes to get there.")
    static let step = Key("step", .time(from: 0.01, to: 10), "How long each step of a ramp is; 100ms when left out.")
    static let length = Key(
        "for", .time(from: 0.01, to: 86400), "How long it stays so; then it is as before. Left out: to the end.")
    static let every = Key("every", .time(from: 0.01, to: 86400), "Again and again, so long from one to the next.")
    static let times = Key("times", .wholeNumber(2...100_000), "How many times in all.")
    static let until = Key("until", .time(to: 86400, excludingLowest: true), "No more from this moment on.")
    static let downlink = Key("downlink", .changedImpairment, "What changes; the rest stays as it was.")
    static let uplink = Key("uplink", .changedImpairment, "What changes; the rest stays as it was.")
    static let both = Key("both", .changedImpairment, "What changes in both directions.")
    static let shape = MappingShape(
        [at, over, step, length, every, times, until, downlink, uplink, both],
        notes: [
            "time": .called("at"), "time-of": .called("at"), "ramp": .called("over"), "duration": .called("for"),
            "repeat": .called("every"), "count": .called("times"),
            "down": .explained(message: "'down' belongs to a direction", hint: "write both: {down: link}"),
        ])
}

/// One change as it was written.
struct ChangeDraft: Sendable {
    let at: Located<TimeSpan>
    var over: Located<TimeSpan>?
    var step: Located<TimeSpan>?
    var length: Located<TimeSpan>?
    var repetition: Repetition?
    let link: LinkDraft
    let mark: Mark

    /// From its start until it is there, or as before.
    var span: TimeSpan { over?.value ?? length?.value ?? .zero }

    /// Whether the rate changes in small steps.
    func rampsRate(of direction: Direction) -> Bool { over != nil && link.directions[direction]?.rate != nil }
}

/// How often a change comes again.
struct Repetition: Sendable {
    let every: Located<TimeSpan>
    let times: Int?
    let until: TimeSpan?
}

extension ValueKind where Value == ChangeDraft {
    static let change = ValueKind(shape: .mapping(TimelineKeys.shape)) { item in
        guard let fields = Fields(item, TimelineKeys.shape) else { return nil }
        let link = LinkDraft(fields, TimelineKeys.downlink, TimelineKeys.uplink, TimelineKeys.both)
        let at = fields.located(TimelineKeys.at)
        let over = fields.located(TimelineKeys.over)
        let step = fields.located(TimelineKeys.step)
        let length = fields.located(TimelineKeys.length)
        let repetition = Repetition(fields, item.reading)
        guard let at, fields.broken.isEmpty else { return nil }
        if link.directions.isEmpty {
            item.error("a change that changes nothing", hint: "give it 'downlink', 'uplink' or 'both'")
        }
        if let over, let length {
            item.reading.error(
                "a change has either 'over' or 'for'", at: .later(over.mark, length.mark),
                hint: "write the way back as a change of its own")
        }
        if let step, (over?.value ?? .zero) < step.value {
            item.reading.error(
                over == nil ? "'step' belongs to a ramp" : "the step is longer than the ramp", at: step.mark,
                hint: over == nil ? "say with 'over' how long the ramp takes" : "make it shorter than 'over'")
        }
        return ChangeDraft(
            at: at, over: over, step: step, length: length, repetition: repetition, link: link, mark: item.node.mark)
    }
}

extension Repetition {
    /// `nil` where there is none; reports one without end or beginning.
    fileprivate init?(_ fields: Fields, _ reading: Reading) {
        let times = fields.located(TimelineKeys.times)
        let until = fields.located(TimelineKeys.until)
        guard let every = fields.located(TimelineKeys.every) else {
            if let stray = times?.mark ?? until?.mark, !fields.broken.contains(TimelineKeys.every.name) {
                reading.error("it is not repeated", at: stray, hint: "say with 'every' how often, such as every: 5s")
            }
            return nil
        }
        if times == nil, until == nil, fields.broken.isEmpty {
            reading.error(
                "a repetition that never ends", at: every.mark, hint: "say how often with 'times', or until when")
        }
        self.init(every: every, times: times?.value, until: until?.value)
    }
}

extension Mark {
    /// The one that comes later in its text.
    fileprivate static func later(_ left: Mark, _ right: Mark) -> Mark {
        (left.line, left.scalarsBefore) < (right.line, right.scalarsBefore) ? right : left
    }
}
