import LabModel
import YAML

/// Makes one run's plan from its nodes.
struct PlanDecoder {
    let slug: String
    let variant: [VariantSetting]
    let reading: Reading

    /// A whole plan, also when there were mistakes: then `reading` has them, and the plan is of no use.
    func plan(from root: Node) -> Plan {
        var plan = Plan(slug: slug, name: slug)
        plan.variant = variant
        guard let fields = Fields(Item(node: root, path: "", reading: reading), ScenarioKeys.shape) else { return plan }
        decodeHead(fields, into: &plan)
        let asked = decodeLink(fields, into: &plan)
        let pipeline = fields.located(ScenarioKeys.pipeline)
        plan.pipeline = pipeline?.value ?? plan.pipeline
        let probes = fields(ScenarioKeys.probes) ?? []
        plan.probes = probes.map(\.value)
        let expectations = fields(ScenarioKeys.expect) ?? []
        plan.expectations = expectations.map(\.value)
        let checks = PlanChecks(plan: plan, reading: reading)
        if let pipeline { checks.check(pipeline: pipeline.mark) }
        checks.check(probes)
        checks.check(markings: asked.compactMap { $0.draft.loss?.value.marking })
        for (direction, draft) in asked { if let drop = draft.drop { checks.check(drop.value, direction) } }
        // A probe that was written wrong may be the one that an expectation is about.
        if probes.count == root[ScenarioKeys.probes.name]?.elements?.count ?? 0 { checks.check(expectations) }
        return plan
    }

    private func decodeHead(_ fields: Fields, into plan: inout Plan) {
        plan.name = fields(ScenarioKeys.name) ?? plan.name
        plan.description = fields(ScenarioKeys.description)
        plan.seed = fields(ScenarioKeys.seed) ?? plan.seed
        plan.engine = fields(ScenarioKeys.engine) ?? plan.engine
        plan.ip = fields(ScenarioKeys.ip) ?? plan.ip
        plan.congestionControl = fields(ScenarioKeys.congestion) ?? plan.congestionControl
        plan.ecn = fields(ScenarioKeys.ecn) ?? plan.ecn
    }

    /// Gives back all that was asked of either direction, at the start and later.
    private func decodeLink(
        _ fields: Fields, into plan: inout Plan
    ) -> [(direction: Direction, draft: ImpairmentDraft)] {
        let profile = fields.located(ScenarioKeys.profile)
        let link = fields(ScenarioKeys.link)
        let written = (link?.hops?.value.first ?? link)?.directions ?? [:]
        let changes = fields(ScenarioKeys.timeline) ?? []
        var drafts: [Direction: ImpairmentDraft] = [:]
        for direction in Direction.allCases {
            written[direction]?.checkTrace(reading)
            let draft = draft(of: direction, profile, written, changes)
            draft.check(reading)
            drafts[direction] = draft
            plan.link[direction] = draft.total
        }
        let further = decodeFurther(link?.hops?.value.dropFirst() ?? [], into: &plan)
        if let hops = link?.hops { PlanChecks(plan: plan, reading: reading).check(hops: hops.mark, fields) }
        if let mtu = link?.mtu {
            plan.mtu = ByteCount(Int64(mtu.value))
            PlanChecks(plan: plan, reading: reading).check(mtu: mtu.mark)
        }
        plan.profile = profile?.value.name
        plan.profileSource = profile?.value.source
        let duration = fields.located(ScenarioKeys.duration)
        plan.duration = duration?.value ?? profile?.value.length ?? plan.duration
        let isUnknown = fields.broken.contains(ScenarioKeys.duration.name)
        let end = isUnknown ? nil : Located(value: plan.duration, mark: duration?.mark ?? fields.mark)
        let profiled = profile.map { ProfileTimeline(profile: $0, reading: reading).changes(over: written, end: end) }
        let timeline = TimelineResolver(link: drafts, duration: end?.value, reading: reading)
            .resolve(changes, over: profiled ?? [])
        plan.timeline = timeline.changes
        plan.courses = timeline.courses
        return ([drafts] + further + changes.map(\.link.directions)).flatMap { drafts in
            drafts.map { (direction: $0.key, draft: $0.value) }
        }
    }

    /// The hops behind the first.
    private func decodeFurther(
        _ hops: ArraySlice<LinkDraft>, into plan: inout Plan
    ) -> [[Direction: ImpairmentDraft]] {
        let further = hops.map { hop in
            Dictionary(
                uniqueKeysWithValues: Direction.allCases.map { ($0, hop.directions[$0] ?? ImpairmentDraft()) })
        }
        for draft in further.flatMap(\.values) { draft.check(reading) }
        plan.furtherHops = further.map { $0.mapValues(\.total) }
        return further
    }

    /// What holds at the start.
    private func draft(
        of direction: Direction, _ profile: Located<Profile>?, _ written: [Direction: ImpairmentDraft],
        _ changes: [ChangeDraft]
    ) -> ImpairmentDraft {
        let base = profile.flatMap { profile in
            profile.value.link[direction].map { ImpairmentDraft($0, at: profile.mark) }
        }
        var draft = (base ?? ImpairmentDraft()).overlaid(by: written[direction]).traced
        let ramps = changes.contains { $0.rampsRate(of: direction) }
        if draft.trace != nil || ramps { draft.follow(ramps ? "a ramp of the rate" : "a trace", reading) }
        return draft
    }
}
