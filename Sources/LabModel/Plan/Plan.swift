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
    package var ip: IPVersion
    /// The largest packet, IP header included, that every link of the lab carries whole.
    package var mtu: ByteCount
    /// TCP's congestion control in every namespace of the lab.
    package var congestionControl: String
    /// Whether TCP asks for Explicit Congestion Notification (RFC 3168), without which no queue marks its packets.
    package var ecn: Bool
    /// What is done at the first hop, which is all of a usual link.
    package var link: [Direction: Impairment]
    /// What is done at the hops behind it, each behind a router, on the way from the sender to the receiver.
    package var furtherHops: [[Direction: Impairment]]
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
        engine: EngineRequest = .automatic, ip: IPVersion = .v4, mtu: ByteCount = .ethernetMTU,
        congestionControl: String = "cubic", ecn: Bool = false,
        link: [Direction: Impairment] = [.downlink: .clean, .uplink: .clean],
        furtherHops: [[Direction: Impairment]] = [], timeline: [TimelineChange] = [], courses: [Course] = [],
        pipeline: PipelinePlan = PipelinePlan(), probes: [ProbePlan] = [], expectations: [Expectation] = [],
        profile: String? = nil
    ) {
        self.slug = slug
        self.name = name
        self.description = description
        self.seed = seed
        self.duration = duration
        self.engine = engine
        self.ip = ip
        self.mtu = mtu
        self.congestionControl = congestionControl
        self.ecn = ecn
        self.link = link
        self.furtherHops = furtherHops
        self.timeline = timeline
        self.courses = courses
        self.pipeline = pipeline
        self.probes = probes
        self.expectations = expectations
        self.profile = profile
    }

    /// The most hops that a lab has room for.
    package static let mostHops = 5

    /// Every hop, the sender's first: as often as not a single one.
    package var hops: [[Direction: Impairment]] { [link] + furtherHops }

    /// The number of a hop of several, from 1; `nil` where there is no other to tell it from.
    package func number(ofHop index: Int) -> Int? { furtherHops.isEmpty ? nil : index + 1 }

    /// The least rate that `direction` is held to at any of its hops, or at one of them; `nil` is no limit.
    package func rate(of direction: Direction, atHop number: Int? = nil) -> Rate? {
        let passed = hops.indices.filter { number == nil || number == $0 + 1 }
        return passed.compactMap { hops[$0][direction]?.rate }.min()
    }

    /// The impairment of `direction` at the stream's start.
    package func impairment(of direction: Direction) -> Impairment {
        link[direction] ?? .clean
    }

    /// Every impairment that `direction` has at the first hop, in the order of time, or the one of a further hop.
    ///
    /// - Parameter hop: from 0.
    package func impairments(of direction: Direction, atHop hop: Int = 0) -> [Impairment] {
        if hop > 0 { return [hops[hop][direction] ?? .clean] }
        return [impairment(of: direction)] + timeline.compactMap { $0.impairments[direction] }
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

    /// The setting that tells the runs of one combination apart.
    package static let repetition = "repeat"
}

extension Plan {
    /// Each repetition of a run has a seed of its own, the first the scenario's.
    ///
    /// - Parameter number: from 2.
    package func seed(ofRepetition number: Int) -> UInt64 {
        var random = RepeatableRandom(seed: seed ^ UInt64(number) << 16)
        return UInt64(random.word())
    }
}
