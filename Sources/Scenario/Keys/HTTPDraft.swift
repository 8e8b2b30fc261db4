import LabModel
import YAML

/// `pipeline.http` as far as it was written: what its lengths must be follows from the media.
struct HTTPDraft: Sendable {
    var segment: Located<TimeSpan>?
    var part: Located<TimeSpan>?
    var ladder: Located<[HTTPPlan.Rung]>?
    var latency: Located<TimeSpan>?
    /// What needs no check.
    var plan = HTTPPlan()

    /// The whole plan for this media and protocol; nil is one that does not travel over HTTP.
    func resolved(for media: MediaPlan, over protocol: HTTPProtocol?, _ reading: Reading) -> HTTPPlan {
        var plan = plan
        plan.ladder = ladder?.value ?? []
        plan.latency = latency?.value
        switch media {
        case .file:
            plan.segment = segment?.value ?? plan.segment
            plan.part = part?.value ?? plan.part
            if let ladder, !ladder.value.isEmpty {
                reading.error(
                    "a media file is one rendition, and cannot have a ladder", at: ladder.mark,
                    hint: "leave out 'ladder', or 'media.file'")
            }
        case .generated(let video, _):
            plan.segment = segment?.value ?? Self.usualSegment(of: video)
            plan.part = part?.value ?? Self.usualPart(of: video)
            if let segment { check(segment: segment, video, reading) }
            if let part { check(part: part, video, reading) }
        }
        if let ladder { check(ladder: ladder, reading) }
        if let latency, let `protocol`, latency.value < plan.leastLatency(of: `protocol`) {
            reading.error(
                "latency \(UnitText.time(latency.value)) is less than \(`protocol`.rawValue) can keep",
                at: latency.mark,
                hint: "write \(UnitText.time(plan.leastLatency(of: `protocol`))) or more")
        }
        return plan
    }

    private func check(segment: Located<TimeSpan>, _ video: VideoPlan, _ reading: Reading) {
        let gop = video.keyFrameInterval
        guard !segment.value.nanoseconds.isMultiple(of: gop.nanoseconds) else { return }
        reading.error(
            "segment \(UnitText.time(segment.value)) is no whole number of gops of \(UnitText.time(gop))",
            at: segment.mark, hint: "a segment begins with a key frame")
    }

    private func check(part: Located<TimeSpan>, _ video: VideoPlan, _ reading: Reading) {
        let frames = part.value.seconds * Double(video.framesPerSecond)
        let count = Int(frames.rounded())
        guard abs(frames - Double(count)) > 1e-6 || count == 0 || !video.framesPerGroup.isMultiple(of: count) else {
            return
        }
        reading.error(
            "a gop of \(video.framesPerGroup) frames has no whole number of parts of \(UnitText.time(part.value))",
            at: part.mark, hint: "the nearest is \(UnitText.time(Self.usualPart(of: video, near: part.value)))")
    }

    private func check(ladder: Located<[HTTPPlan.Rung]>, _ reading: Reading) {
        if Set(ladder.value).count < ladder.value.count {
            reading.error("the ladder has a rendition twice", at: ladder.mark)
        }
        if ladder.value.count > Self.mostRungs {
            reading.error("a ladder has at most \(Self.mostRungs) renditions", at: ladder.mark)
        }
    }

    /// Each is encoded, and held in memory.
    private static let mostRungs = 8

    /// The least whole number of groups of pictures that lasts two seconds.
    private static func usualSegment(of video: VideoPlan) -> TimeSpan {
        let gop = video.keyFrameInterval.nanoseconds
        return TimeSpan(nanoseconds: (2_000_000_000 + gop - 1) / gop * gop)
    }

    /// The part nearest to `length` that a group of pictures has a whole number of.
    private static func usualPart(of video: VideoPlan, near length: TimeSpan = .milliseconds(200)) -> TimeSpan {
        let wanted = length.seconds * Double(video.framesPerSecond)
        let group = video.framesPerGroup
        let count = (1...group).filter(group.isMultiple).min { abs(Double($0) - wanted) < abs(Double($1) - wanted) }
        return TimeSpan(seconds: Double(count ?? group) / Double(video.framesPerSecond))
    }
}
