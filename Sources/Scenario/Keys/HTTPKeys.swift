import LabModel
import YAML

/// The keys of `pipeline.http:`.
enum HTTPKeys {
    static let segment = Key(
        "segment", .time(from: 0.1, to: 60),
        "A segment's length, a multiple of the gop, or of a media file the least; about 2s when left out.")
    static let part = Key(
        "part", .time(from: 0.02, to: 10),
        "Low latency's part or chunk, of which a gop has a whole number; about 200ms when left out.")
    static let container = Key(
        "container", ValueKind<HTTPPlan.Container>.choice(), "What segments of hls are; the others have fmp4.")
    static let window = Key("window", .wholeNumber(3...1000), "How many segments a live playlist has.")
    static let ladder = Key(
        "ladder", ValueKind<[HTTPPlan.Rung]>.list(.rung), "The renditions; the media as it is when left out.")
    static let abr = Key("abr", ValueKind<HTTPPlan.Adaptation>.choice(), "How the client chooses among renditions.")
    static let latency = Key(
        "latency", .time(to: 600, excludingLowest: true),
        "How far behind the live edge the client means to play; 3 segments, or 1s with low latency, when left out.")
    static let catchup = Key(
        "catchup", .ratio, "By how much playing may be faster or slower to keep to the latency; 0% is never.")
    static let shape = MappingShape(
        [segment, part, container, window, ladder, abr, latency, catchup],
        notes: ["chunk": .called("part"), "renditions": .called("ladder"), "delay": .called("latency")])
}

/// The keys of one element of `pipeline.http.ladder:`.
enum RungKeys {
    static let size = Key("size", .frameSize, required: true, "Width and height in pixels.")
    static let rate = Key("rate", .rate(from: 5e4, to: 1e8), required: true, "The encoder's target.")
    static let shape = MappingShape(
        [size, rate], notes: ["bitrate": .called("rate"), "resolution": .called("size")])
}

extension ValueKind where Value == HTTPPlan.Rung {
    static let rung = ValueKind(shape: .mapping(RungKeys.shape)) { item in
        guard let fields = Fields(item, RungKeys.shape), let size = fields(RungKeys.size),
            let rate = fields(RungKeys.rate)
        else { return nil }
        return HTTPPlan.Rung(width: size.width, height: size.height, rate: rate)
    }
}

extension ValueKind where Value == HTTPDraft {
    static let http = ValueKind(shape: .mapping(HTTPKeys.shape)) { item in
        guard let fields = Fields(item, HTTPKeys.shape) else { return nil }
        var draft = HTTPDraft()
        draft.segment = fields.located(HTTPKeys.segment)
        draft.part = fields.located(HTTPKeys.part)
        draft.ladder = fields.located(HTTPKeys.ladder)
        draft.latency = fields.located(HTTPKeys.latency)
        draft.plan.container = fields(HTTPKeys.container) ?? draft.plan.container
        draft.plan.window = fields(HTTPKeys.window) ?? draft.plan.window
        draft.plan.abr = fields(HTTPKeys.abr) ?? draft.plan.abr
        draft.plan.catchup = fields(HTTPKeys.catchup)
        return draft
    }
}
