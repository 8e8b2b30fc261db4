package import LabModel

/// A link of the catalogue, with where its numbers come from.
package struct Profile: Sendable {
    package let name: String
    package let summary: String
    /// The publication that the numbers were taken from, and what was done to them.
    package let source: String
    /// What each direction is like at the start.
    package let link: [Direction: LinkSettings]
    /// How that changes while the stream plays, sorted by time.
    package var changes: [Change] = []
    /// The length of a stream that lasts as long as the changes do; `nil` where they fit a stream of any length.
    package var length: TimeSpan?

    /// What is different from a moment of the stream on.
    package struct Change: Sendable {
        package let at: TimeSpan
        package let link: [Direction: LinkSettings]
    }

    package static func named(_ name: String) -> Profile? { catalogue.first { $0.name == name } }

    static let names = catalogue.map(\.name)

    /// Every profile, source by source: first links that stay as they are, then those that change.
    package static let catalogue: [Profile] = [
        webPageTest, developerTools, firefox, loadero, comcast, linkConditioner, rfc8867, rfc8868, g1050, twitch,
        cadvise, sabre,
    ].flatMap(\.self)
}

extension Profile {
    /// Both directions alike.
    init(_ name: String, _ summary: String, source: String, both: LinkSettings) {
        self.init(name: name, summary: summary, source: source, link: [.downlink: both, .uplink: both])
    }

    /// Rates in kbit/s, the round trip in ms: half of it goes to each direction.
    init(_ name: String, _ summary: String, source: String, down: Int64, up: Int64, roundTrip: Double) {
        let delay = TimeSpan.milliseconds(roundTrip / 2)
        self.init(
            name: name, summary: summary, source: source,
            link: [
                .downlink: LinkSettings(rate: .kilobits(down), delay: delay),
                .uplink: LinkSettings(rate: .kilobits(up), delay: delay),
            ])
    }

    /// What a link is like for some seconds.
    struct Step {
        let seconds: Double
        let link: [Direction: LinkSettings]
    }

    /// Steps one after the other, over what stays the same.
    init(_ name: String, _ summary: String, source: String, constant: [Direction: LinkSettings] = [:], steps: [Step]) {
        var changes: [Change] = []
        var at = TimeSpan.zero
        for step in steps {
            changes.append(Change(at: at, link: step.link))
            at = at + .seconds(step.seconds)
        }
        let start = constant.merging(changes[0].link) { $0.overlaid(by: $1) }
        self.init(
            name: name, summary: summary, source: source, link: start, changes: Array(changes.dropFirst()), length: at)
    }
}

extension Rate {
    static func kilobits(_ value: Int64) -> Rate { Rate(bitsPerSecond: value * 1000) }
}

extension LossModel {
    /// Each packet for itself.
    static func percent(_ value: Double) -> LossModel {
        value == 0 ? .none : .independent(Probability(clamping: value / 100))
    }
}
