import LabModel

extension Profile {
    /// The core network of ITU-T G.1050's severities, for a regional and for an intercontinental path.
    static let g1050: [Profile] = severities.flatMap { severity in
        [
            profile(of: severity, "regional", delay: severity.regional),
            profile(of: severity, "intercontinental", delay: severity.intercontinental),
        ]
    }

    /// Times in ms, loss in percent, intervals in s.
    private struct Severity {
        let letter: String
        let regional: Double
        let intercontinental: Double
        let loss: Double
        let jitter: Double
        /// A route change every so often by so much, and a failure of the link for so long; none in the best severity.
        let trouble: (every: Double, flap: Double, failure: Double)?

        init(
            _ letter: String, _ regional: Double, _ intercontinental: Double, loss: Double, jitter: Double,
            _ trouble: (every: Double, flap: Double, failure: Double)? = nil
        ) {
            self.letter = letter
            self.regional = regional
            self.intercontinental = intercontinental
            self.loss = loss
            self.jitter = jitter
            self.trouble = trouble
        }
    }

    private static let severities = [
        Severity("A", 4, 16, loss: 0, jitter: 5),
        Severity("B", 8, 32, loss: 0.01, jitter: 10, (every: 3600, flap: 2, failure: 64)),
        Severity("C", 16, 64, loss: 0.02, jitter: 16, (every: 1800, flap: 4, failure: 128)),
        Severity("D", 32, 128, loss: 0.04, jitter: 40, (every: 900, flap: 8, failure: 256)),
        Severity("E", 64, 196, loss: 0.1, jitter: 70, (every: 480, flap: 16, failure: 400)),
        Severity("F", 128, 256, loss: 0.2, jitter: 100, (every: 240, flap: 32, failure: 800)),
        Severity("G", 256, 512, loss: 0.5, jitter: 150, (every: 120, flap: 64, failure: 1600)),
        Severity("H", 512, 768, loss: 1, jitter: 500, (every: 60, flap: 128, failure: 3000)),
    ]

    /// The model's jitter lies between nothing and its greatest value, each as likely, on top of the delay.
    private static func profile(of severity: Severity, _ reach: String, delay: Double) -> Profile {
        let half = severity.jitter / 2
        var profile = Profile(
            "g1050-\(severity.letter.lowercased())-\(reach)",
            "the core of a network of G.1050's severity \(severity.letter)" + text(of: severity)
                + "; LAN and access links are left out, and so are packets out of order",
            source:
                "ITU-T G.1050 (2007) severity \(severity.letter), as spandsp (0c7bceb) has it in g1050.c and g1050.h; both "
                + "directions alike; its random first failure and route change come after a quarter and half of their "
                + "interval, and go on for an hour",
            both: LinkSettings(
                delay: .milliseconds(delay + half), jitter: .milliseconds(half), loss: .percent(severity.loss)))
        profile.changes = changes(of: severity, delay: delay + half)
        return profile
    }

    private static func text(of severity: Severity) -> String {
        guard let trouble = severity.trouble else { return "" }
        let (failure, flap) = (TimeSpan.milliseconds(trouble.failure), TimeSpan.milliseconds(trouble.flap))
        return ", each \(UnitText.time(.seconds(trouble.every))) a failure of \(UnitText.time(failure)) and a route "
            + "change by \(UnitText.time(flap))"
    }

    /// A route change adds its delay, and the next one takes it away again.
    private static func changes(of severity: Severity, delay: Double) -> [Change] {
        guard let trouble = severity.trouble else { return [] }
        let hour = 3600.0
        return stride(from: 0, to: hour, by: trouble.every).enumerated().flatMap { index, start in
            let failure = TimeSpan.seconds(start + trouble.every / 4)
            let flapped = LinkSettings(delay: .milliseconds(index.isMultiple(of: 2) ? delay + trouble.flap : delay))
            return [
                change(at: failure, LinkSettings(loss: .percent(100))),
                change(at: failure + .milliseconds(trouble.failure), LinkSettings(loss: .percent(severity.loss))),
                change(at: .seconds(start + trouble.every / 2), flapped),
            ]
        }
    }

    private static func change(at moment: TimeSpan, _ both: LinkSettings) -> Change {
        Change(at: moment, link: [.downlink: both, .uplink: both])
    }
}
