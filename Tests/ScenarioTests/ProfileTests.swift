import LabModel
import Testing

@testable import Scenario

/// A value that a source gives.
struct SourcedValue: CustomTestStringConvertible {
    let profile: String
    let down: String
    let up: String
    var testDescription: String { profile }

    init(_ profile: String, _ down: String, _ up: String? = nil) {
        self.profile = profile
        self.down = down
        self.up = up ?? down
    }
}

@Suite("The catalogue of profiles")
struct ProfileTests {
    @Test("has each name once, and of each a source and a summary")
    func names() {
        #expect(Set(Profile.names).count == Profile.names.count)
        #expect(Profile.names.count > 80)
        for profile in Profile.catalogue {
            #expect(profile.source.count > 20 && profile.summary.count > 10, "\(profile.name)")
        }
    }

    @Test("is taken by a scenario as it stands, without a warning", arguments: Profile.catalogue.map(\.name))
    func plan(_ name: String) throws {
        let profile = try #require(Profile.named(name))
        guard case .plans(let scenario) = load("profile: \(name)") else {
            Issue.record("\(load("profile: \(name)").mistakes)")
            return
        }
        #expect(scenario.warnings.isEmpty)
        let plan = scenario.plans[0]
        #expect(plan.profile == name && plan.profileSource == profile.source)
        #expect(plan.duration == profile.length ?? .seconds(30))
        #expect(plan.timeline.map(\.at) == profile.changes.map(\.at).filter { $0 < plan.duration })
        for direction in Direction.allCases {
            let (asked, settings) = (plan.impairment(of: direction), profile.link[direction] ?? LinkSettings())
            #expect(asked.rate == settings.rate)
            #expect(asked.delay == settings.delay ?? .zero)
            #expect(asked.jitter == settings.jitter ?? .zero)
            #expect(asked.loss == settings.loss ?? LossModel.none)
            #expect(asked.path.distribution == settings.distribution ?? .uniform)
            if let queue = settings.queue { #expect(asked.queue == .fifo(queue)) }
        }
    }

    @Test("has the values of its sources", arguments: sourced)
    func values(_ value: SourcedValue) throws {
        let profile = try #require(Profile.named(value.profile))
        #expect(text(profile.link[.downlink]) == value.down)
        #expect(text(profile.link[.uplink]) == value.up)
    }

    private static let sourced = [
        SourcedValue("wpt-cable", "5mbit 14ms", "1mbit 14ms"),
        SourcedValue("devtools-slow-4g", "1.6mbit 75ms", "750kbit 75ms"),
        SourcedValue("lighthouse-slow-4g", "1.6mbit 75ms", "750kbit 75ms"),
        SourcedValue("firefox-good-3g", "1.5mbit 20ms", "750kbit 20ms"),
        SourcedValue("loadero-4g", "100mbit 45ms 5ms 0.2%", "50mbit 45ms 15ms 0.2%"),
        SourcedValue("loadero-satellite", "1mbit 600ms", "256kbit 600ms"),
        SourcedValue("comcast-edge", "250kbit 150ms 1.5%"),
        SourcedValue("comcast-starlink", "10ms 2.5%"),
        SourcedValue("apple-3g-lossy", "780kbit 100ms 1%", "330kbit 100ms"),
        SourcedValue("apple-edge-good", "250kbit 350ms", "200kbit 370ms"),
        SourcedValue("rfc8867", "1mbit 50ms 300ms"),
        SourcedValue("rfc8868-jitter", "50ms 5ms half-normal"),
        SourcedValue("rfc8868-queue-2s", "1mbit 50ms 2s"),
        SourcedValue("g1050-a-regional", "6.5ms 2.5ms 0%"),
        SourcedValue("g1050-h-intercontinental", "1.018s 250ms 1%"),
        SourcedValue("cascade", "1.2mbit"),
        SourcedValue("cadvise-ramp-down", "7.17mbit 80ms", ""),
        SourcedValue("sabre-sample", "5mbit 37.5ms", "37.5ms"),
    ]

    private func text(_ settings: LinkSettings?) -> String {
        (settings?.settings ?? []).map(\.value).joined(separator: " ")
    }

    @Test(
        "leaves out what no source agrees on",
        arguments: ["apple-3g-good", "apple-edge-lossy", "apple-very-bad-network"])
    func unverified(_ name: String) {
        #expect(Profile.named(name) == nil)
    }

    @Test("changes rates step by step")
    func cascade() throws {
        let plan = try #require(load("profile: cascade").plan)
        #expect(plan.duration == .seconds(150))
        let rates = plan.timeline.map { $0.impairments[.downlink]?.rate?.bitsPerSecond ?? 0 }
        #expect(rates == [800_000, 400_000, 800_000, 1_200_000])
        #expect(plan.timeline.map(\.at.seconds) == [30, 60, 90, 120])
        let ramp = try #require(Profile.named("cadvise-ramp-up"))
        #expect(ramp.length == .seconds(130) && ramp.changes.count == 11)
        #expect(ramp.changes.last?.link[.downlink]?.rate == .kilobits(7170))
    }

    @Test("has failures and route changes of G.1050, as often as a run has room for")
    func failures() throws {
        let plan = try #require(load("profile: g1050-h-regional\nduration: 2min").plan)
        let downlink = plan.timeline.compactMap { $0.impairments[.downlink] }
        #expect(plan.timeline.map(\.at.seconds) == [15, 18, 30, 75, 78, 90])
        #expect(downlink.map(\.loss.meanLoss.value) == [1, 0.01, 0.01, 1, 0.01, 0.01])
        #expect(downlink.map(\.delay) == [762, 762, 890, 890, 890, 762].map(TimeSpan.milliseconds))
    }

    @Test("spreads RFC 8868's jitter from nothing to three deviations")
    func halfNormal() throws {
        let table = try #require(Profile.named("rfc8868-jitter")?.link[.downlink]?.distribution?.table)
        #expect(table.range == 0...3)
        // Half of a half-normal distribution lies below 0.6745 deviations.
        let median = Double(table.values[table.values.count / 2]) / Double(DistributionTable.scale)
        #expect(abs(median - 0.6745) < 0.001)
    }
}

@Suite("A scenario over a profile that changes")
struct ProfileTimelineTests {
    @Test("keeps what the profile does not change")
    func link() throws {
        let plan = try #require(load("profile: cascade\nlink: {downlink: {delay: 40ms}, uplink: {loss: 1%}}").plan)
        #expect(plan.impairment(of: .downlink, at: .seconds(70)).delay == .milliseconds(40))
        #expect(plan.impairment(of: .downlink, at: .seconds(70)).rate == .kilobits(400))
        #expect(plan.impairment(of: .uplink, at: .seconds(70)).loss == .percent(1))
    }

    @Test("adds its own changes, and has the last word where both change something")
    func timeline() throws {
        let plan = try #require(
            load(
                """
                profile: cascade
                timeline:
                  - {at: 45s, downlink: {loss: 2%}}
                  - {at: 60s, downlink: {rate: 5mbit}}
                """
            ).plan)
        #expect(plan.timeline.map(\.at.seconds) == [30, 45, 60, 90, 120])
        #expect(plan.impairment(of: .downlink, at: .seconds(50)).rate == .kilobits(800))
        #expect(plan.impairment(of: .downlink, at: .seconds(60)).rate == .kilobits(5000))
        #expect(plan.impairment(of: .uplink, at: .seconds(60)).rate == .kilobits(400))
        #expect(plan.impairment(of: .downlink, at: .seconds(100)).rate == .kilobits(800))
        #expect(plan.impairment(of: .downlink, at: .seconds(100)).loss == .percent(2))
    }

    @Test("may be shorter than it, with a warning, and longer")
    func duration() {
        guard case .plans(let short) = load("profile: cascade\nduration: 40s") else {
            Issue.record("a shorter run is no mistake")
            return
        }
        #expect(short.plans[0].timeline.map(\.at.seconds) == [30])
        #expect(
            short.warnings.map { $0.render() } == [
                """
                x.yaml:2:11: warning: the profile 'cascade' takes 150s: what it changes from 40s on is left out
                    duration: 40s
                              ^
                hint: without 'duration' a run is as long as its profile
                """
            ])
        let long = load("profile: cascade\nduration: 200s").plan
        #expect(long?.duration == .seconds(200) && long?.timeline.count == 4)
    }

    @Test("cannot set what the profile changes, nor take one that there is not", arguments: mistakes)
    func conflict(_ example: MistakeCase) {
        #expect(load(example.text, example.overrides).mistakes == example.rendered)
    }

    private static let mistakes = [
        MistakeCase(
            "a rate", "profile: cascade\nlink: {downlink: {rate: 3mbit}}",
            """
            x.yaml:2:25: error: the profile 'cascade' changes the downlink's rate over time
                link: {downlink: {rate: 3mbit}}
                                        ^
            hint: leave it out, or change it in 'timeline'
            """),
        MistakeCase(
            "a near name", "profile: cascad",
            """
            x.yaml:1:10: error: there is no profile 'cascad'
                profile: cascad
                         ^
            hint: did you mean 'cascade'?
            """),
        MistakeCase(
            "an odd name", "profile: moonbeam",
            """
            x.yaml:1:10: error: there is no profile 'moonbeam'
                profile: moonbeam
                         ^
            hint: 'netlab list profiles' shows them all
            """),
        MistakeCase(
            "two changes of its own",
            "profile: cascade\ntimeline: [{at: 30s, uplink: {delay: 1ms}}, {at: 30s, downlink: {delay: 1ms}}]",
            """
            x.yaml:2:50: error: a second change at 30s; the first is in line 2
                timeline: [{at: 30s, uplink: {delay: 1ms}}, {at: 30s, downlink: {delay: 1ms}}]
                                                                 ^
            hint: write both as one change
            """),
    ]
}
