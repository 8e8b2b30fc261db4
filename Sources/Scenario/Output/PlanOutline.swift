package import LabModel

/// A plan as lines of settings and values, for people.
package struct PlanOutline: Sendable {
    package struct Line: Sendable, Hashable {
        /// Dotted, as `--set` takes it.
        package let setting: String
        package let value: String
        /// Nothing in the scenario says so.
        package let isDefault: Bool
        /// What follows from the value.
        package let note: String?
    }

    private let plan: Plan
    private let given: Set<String>

    /// `given` are the settings that the scenario has, as `LoadedScenario` knows them.
    package init(_ plan: Plan, given: Set<String>) {
        self.plan = plan
        self.given = given
    }

    /// Every setting of the plan, in the order of the scenario's format.
    package var lines: [Line] {
        head + Direction.allCases.flatMap(link) + courses + timeline + pipeline + probes + expectations
    }

    private func line(_ setting: String, _ value: String, note: String? = nil) -> Line {
        Line(setting: setting, value: value, isDefault: !given.contains(setting), note: note)
    }

    private var head: [Line] {
        [
            line("seed", String(plan.seed)), length, line("engine", plan.engine.rawValue),
            line("congestion", plan.congestionControl), line("ecn", String(plan.ecn)),
        ] + (plan.profile.map { [line("profile", $0, note: plan.profileSource)] } ?? [])
    }

    private var length: Line {
        let isProfiled = profile?.length != nil && !given.contains("duration")
        return Line(
            setting: "duration", value: UnitText.time(plan.duration),
            isDefault: !given.contains("duration") && !isProfiled, note: isProfiled ? Self.profileNote : nil)
    }

    private var profile: Profile? { plan.profile.flatMap(Profile.named) }

    private static let profileNote = "from the profile"

    private func link(_ direction: Direction) -> [Line] {
        let profiled = profile?.link[direction]?.settings.map(\.key) ?? []
        // What of these it does not say follows from it, or from its being there.
        let traced =
            given.contains("link.\(direction.rawValue).trace") ? ["rate", "shaper", "queue", "delay", "loss"] : []
        return ImpairmentText(impairment: plan.impairment(of: direction)).said.map { key, value, note in
            let ways = ["link.\(direction.rawValue).\(key)", "link.both.\(key)"]
            let isGiven = ways.contains { given.contains($0) }
            let isProfiled = profiled.contains(key) && !isGiven
            let isTraced = traced.contains(key) && !isGiven
            return Line(
                setting: ways[0], value: value, isDefault: !isGiven && !isProfiled && !isTraced,
                note: isTraced && key == "rate" ? "the trace's first" : isProfiled ? Self.profileNote : note)
        }
    }

    /// What each change changes, and no more.
    private var timeline: [Line] {
        plan.timeline.enumerated().filter { !$0.element.isStep }.flatMap { index, change in
            Direction.allCases.flatMap { direction -> [Line] in
                guard let now = change.impairments[direction], !change.isStep(of: direction) else { return [] }
                let before = ImpairmentText(impairment: impairment(of: direction, before: index)).settings
                let after = ImpairmentText(impairment: now).settings
                return after.filter { new in before.first { $0.key == new.key }?.value != new.value }.map { new in
                    Line(
                        setting: "at \(UnitText.time(change.at)) \(direction.rawValue).\(new.key)", value: new.value,
                        isDefault: false, note: new.note)
                }
            }
        }
    }

    /// Ramps and traces, each in a line instead of its many steps.
    private var courses: [Line] {
        plan.courses.map { course in
            let steps = plan.timeline.filter { course.contains($0.at) && $0.impairments[course.direction] != nil }
            let rates = steps.compactMap { $0.impairments[course.direction]?.rate }
            let span = "at \(UnitText.time(course.from)) to \(UnitText.time(course.to)) \(course.direction.rawValue)"
            var notes = ["\(steps.count) steps"]
            if let least = rates.min(), let most = rates.max(), least < most {
                notes.append("\(UnitText.rate(least)) to \(UnitText.rate(most))")
            }
            return Line(setting: span, value: course.text, isDefault: false, note: notes.joined(separator: ", "))
        }
    }

    private func impairment(of direction: Direction, before index: Int) -> Impairment {
        plan.timeline[..<index].last { $0.impairments[direction] != nil }?.impairments[direction]
            ?? plan.impairment(of: direction)
    }

    private var pipeline: [Line] {
        let plan = plan.pipeline
        return [line("pipeline.protocol", plan.protocol.rawValue)] + media(plan.media) + [
            line("pipeline.pacing", plan.pacing.rawValue),
            line("pipeline.player.buffer", UnitText.time(plan.player.buffer)),
            line("pipeline.player.underrun", plan.player.underrun.rawValue),
        ] + (plan.transportStream.rate.map { [line("pipeline.ts.rate", UnitText.rate($0))] } ?? [])
    }

    private func media(_ media: MediaPlan) -> [Line] {
        switch media {
        case .file(let path): [line("pipeline.media.file", path)]
        case .generated(let video, let audio): lines(of: video, "pipeline.media.video") + lines(of: audio)
        }
    }

    private func lines(of video: VideoPlan, _ name: String) -> [Line] {
        [
            line("\(name).codec", video.codec.rawValue), line("\(name).size", "\(video.width)x\(video.height)"),
            line("\(name).fps", String(video.framesPerSecond)), line("\(name).rate", UnitText.rate(video.rate)),
            line("\(name).gop", UnitText.time(video.keyFrameInterval)),
        ]
    }

    private func lines(of audio: AudioPlan?) -> [Line] {
        let name = "pipeline.media.audio"
        guard let audio else { return [line(name, "none")] }
        return [line("\(name).codec", audio.codec.rawValue), line("\(name).rate", UnitText.rate(audio.rate))]
    }

    private var probes: [Line] {
        plan.probes.enumerated().flatMap { index, probe -> [Line] in
            switch probe {
            case .latency(let interval): return [line("probes.\(index).latency", UnitText.time(interval))]
            case .throughput(let plan):
                return [
                    line("probes.\(index).throughput", plan.transport.rawValue),
                    line("probes.\(index).before", UnitText.time(plan.duration)),
                ] + (plan.offered.map { [line("probes.\(index).rate", UnitText.rate($0))] } ?? [])
                    + (plan.payload.map { [line("probes.\(index).payload", UnitText.size($0))] } ?? [])
            }
        }
    }

    private var expectations: [Line] {
        plan.expectations.map { Line(setting: "expect", value: $0.text, isDefault: false, note: nil) }
    }
}
