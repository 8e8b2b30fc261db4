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
        head + plan.hops.indices.flatMap { hop in Direction.allCases.flatMap { link($0, hop) } } + courses + timeline
            + pipeline + probes + expectations
    }

    private func line(_ setting: String, _ value: String, note: String? = nil) -> Line {
        Line(setting: setting, value: value, isDefault: !given.contains(setting), note: note)
    }

    private var head: [Line] {
        [
            line("seed", String(plan.seed)), length, line("engine", plan.engine.rawValue),
            line("ip", String(plan.ip.rawValue)), line("link.mtu", String(plan.mtu.bytes)),
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

    private func link(_ direction: Direction, _ hop: Int) -> [Line] {
        let place = plan.number(ofHop: hop) == nil ? "link" : "link.hops.\(hop)"
        let profiled = profile?.link[direction]?.settings.map(\.key) ?? []
        // What of these it does not say follows from it, or from its being there.
        let traced =
            given.contains("link.\(direction.rawValue).trace") ? ["rate", "shaper", "queue", "delay", "loss"] : []
        return ImpairmentText(impairment: plan.hops[hop][direction] ?? .clean).said.map { key, value, note in
            let ways = ["\(place).\(direction.rawValue).\(key)", "\(place).both.\(key)"]
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
            line("pipeline.pacing", plan.pacing.rawValue), line("pipeline.packet", UnitText.size(plan.packet)),
            line("pipeline.player.buffer", UnitText.time(plan.player.buffer)),
            line("pipeline.player.underrun", plan.player.underrun.rawValue),
        ] + (plan.transportStream.rate.map { [line("pipeline.ts.rate", UnitText.rate($0))] } ?? []) + rtsp + srt + rist
            + ws
            + http + (plan.programs.map(programs) ?? [])
    }

    private var rtsp: [Line] {
        guard plan.pipeline.protocol == .rtsp else { return [] }
        let plan = plan.pipeline.rtsp
        return [
            line("pipeline.rtsp.transport", plan.transport.rawValue),
            line("pipeline.rtsp.mode", plan.mode.rawValue),
            line("pipeline.rtsp.cameras", String(plan.cameras)),
        ]
    }

    private var rist: [Line] {
        guard plan.pipeline.protocol == .rist else { return [] }
        let rist = plan.pipeline.rist
        return [
            line("pipeline.rist.profile", rist.profile.rawValue),
            line("pipeline.rist.buffer", UnitText.time(rist.buffer)),
        ]
    }

    private var srt: [Line] {
        guard plan.pipeline.protocol == .srt else { return [] }
        let srt = plan.pipeline.srt
        let name = "pipeline.srt"
        return [line("\(name).latency", UnitText.time(srt.latency)), line("\(name).mode", srt.mode.rawValue)]
            + (srt.passphrase.map { [line("\(name).passphrase", $0)] } ?? [])
            + (srt.streamID.map { [line("\(name).streamid", $0)] } ?? [])
    }

    private var ws: [Line] {
        guard plan.pipeline.protocol == .ws else { return [] }
        return [line("pipeline.ws.container", plan.pipeline.ws.container.rawValue)]
    }

    private func programs(_ programs: ProgramsPlan) -> [Line] {
        programs.named.flatMap { role, program in
            [line("pipeline.\(role).run", program.run)]
                + (program.ready.map { [line("pipeline.\(role).ready", Self.text(of: $0))] } ?? [])
        }
    }

    private static func text(of ready: ProgramPlan.Readiness) -> String {
        switch ready {
        case .port(let port): "port \(port)"
        case .file(let file): "file \(file)"
        case .after(let time): "after \(UnitText.time(time))"
        }
    }

    private var http: [Line] {
        guard let `protocol` = plan.pipeline.protocol.http else { return [] }
        let (plan, name) = (plan.pipeline.http, "pipeline.http")
        let ladder = plan.ladder.map { "\($0.width)x\($0.height) at \(UnitText.rate($0.rate))" }
        return [
            line("\(name).segment", UnitText.time(plan.segment)),
            line("\(name).container", plan.container(of: `protocol`).rawValue),
            line("\(name).window", String(plan.window)),
            line("\(name).ladder", ladder.isEmpty ? "none" : ladder.joined(separator: ", ")),
            line("\(name).abr", plan.abr.rawValue),
            line("\(name).latency", UnitText.time(plan.latency(of: `protocol`))),
            line("\(name).catchup", UnitText.ratio(plan.catchup(of: `protocol`).value)),
        ] + (`protocol`.isLowLatency ? [line("\(name).part", UnitText.time(plan.part))] : [])
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
                let name = "probes.\(index)"
                return [
                    line("\(name).throughput", plan.transport.rawValue),
                    line("\(name).\(plan.rivalry == nil ? "before" : "during")", UnitText.time(plan.duration)),
                ] + (plan.rivalry.map { lines(of: $0, name) } ?? [])
                    + (plan.offered.map { [line("\(name).rate", UnitText.rate($0))] } ?? [])
                    + (plan.payload.map { [line("\(name).payload", UnitText.size($0))] } ?? [])
            }
        }
    }

    private func lines(of rivalry: ProbePlan.Rivalry, _ name: String) -> [Line] {
        [
            line("\(name).at", UnitText.time(rivalry.at)), line("\(name).direction", rivalry.direction.rawValue),
            line("\(name).hop", rivalry.hop.map(String.init) ?? "all"),
        ]
    }

    private var expectations: [Line] {
        plan.expectations.map { Line(setting: "expect", value: $0.text, isDefault: false, note: nil) }
    }
}
