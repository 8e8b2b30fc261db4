/// A scenario made total: one run, with nothing optional left to chance.
package struct Plan: Codable, Hashable, Sendable {
    /// The format of `plan.json`; raised on an incompatible change.
    package static let currentVersion = 1

    package var version = currentVersion
    /// The scenario file's name without its ending: the name of its folder of runs.
    package var slug: String
    package var name: String
    package var description: String?
    /// What tells this run from its siblings of the same matrix, in the matrix's order: (setting, value).
    package var variant: [VariantSetting] = []
    package var seed: UInt64
    /// Length of the stream.
    package var duration: TimeSpan
    package var engine: EngineRequest
    /// TCP's congestion control in every namespace of the lab.
    package var congestionControl: String
    /// Whether TCP asks for Explicit Congestion Notification (RFC 3168), without which no queue marks its packets.
    package var ecn: Bool
    package var link: [Direction: Impairment]
    package var timeline: [TimelineChange]
    /// Where the timeline is a ramp or a trace.
    package var courses: [Course]
    package var pipeline: PipelinePlan
    package var probes: [ProbePlan]
    package var expectations: [Expectation]
    /// The profile of the catalogue that the link was taken from.
    package var profile: String?
    /// Where the profile's numbers come from.
    package var profileSource: String?

    package init(
        slug: String, name: String, description: String? = nil, seed: UInt64 = 1, duration: TimeSpan = .seconds(30),
        engine: EngineRequest = .automatic, congestionControl: String = "cubic", ecn: Bool = false,
        link: [Direction: Impairment] = [.downlink: .clean, .uplink: .clean], timeline: [TimelineChange] = [],
        courses: [Course] = [],
        pipeline: PipelinePlan = PipelinePlan(), probes: [ProbePlan] = [], expectations: [Expectation] = [],
        profile: String? = nil
    ) {
        self.slug = slug
        self.name = name
        self.description = description
        self.seed = seed
        self.duration = duration
        self.engine = engine
        self.congestionControl = congestionControl
        self.ecn = ecn
        self.link = link
        self.timeline = timeline
        self.courses = courses
        self.pipeline = pipeline
        self.probes = probes
        self.expectations = expectations
        self.profile = profile
    }

    /// The impairment of `direction` at the stream's start.
    package func impairment(of direction: Direction) -> Impairment {
        link[direction] ?? .clean
    }

    /// Every impairment that `direction` has, in the order of time.
    package func impairments(of direction: Direction) -> [Impairment] {
        [impairment(of: direction)] + timeline.compactMap { $0.impairments[direction] }
    }

    /// The impairment of `direction` at `moment` of the stream, as asked.
    package func impairment(of direction: Direction, at moment: TimeSpan) -> Impairment {
        timeline.last { $0.at <= moment && $0.impairments[direction] != nil }?.impairments[direction]
            ?? impairment(of: direction)
    }
}

/// One setting of a matrix and the value it has in one run.
package struct VariantSetting: Codable, Hashable, Sendable {
    package var setting: String
    package var value: String

    package init(setting: String, value: String) {
        self.setting = setting
        self.value = value
    }
}
