import LabModel

extension Profile {
    /// The defaults of RFC 8867's test cases.
    static let rfc8867: [Profile] = [
        Profile(
            "rfc8867", "the reference path of RFC 8867's test cases, without jitter",
            source: "RFC 8867 section 4.2: 1 Mbit/s, one-way delay 50 ms, tail-drop queue 300 ms",
            both: reference(queue: 300))
    ]

    /// What RFC 8868 evaluates congestion control with, one parameter at a time.
    static let rfc8868: [Profile] = [
        delay("very-low", 1, section: "very low latency: 0 to 1 ms, of which the upper end"),
        delay("low", 50, section: "low latency"),
        delay("high", 150, section: "high latency"),
        delay("extreme", 300, section: "extreme latency"),
        loss(1), loss(5), loss(10), loss(20),
        queue("70ms", 70, "short: 70 ms"),
        queue("300ms", 300, "nominal: 300 to 500 ms, of which the lower end"),
        queue("500ms", 500, "nominal: 300 to 500 ms, of which the upper end"),
        queue("1s", 1000, "bloated: 1000 to 2000 ms, of which the lower end"),
        queue("2s", 2000, "bloated: 1000 to 2000 ms, of which the upper end"),
        Profile(
            "rfc8868-jitter", "RFC 8868's jitter, which keeps packets in order, on a path of low delay",
            source:
                "RFC 8868 section 4.5.3: the absolute value of a Gaussian of 5 ms deviation, cut off at 15 ms, on top of "
                + "section 4.1's 50 ms; in order by section 4.5.2",
            both: LinkSettings(
                delay: .milliseconds(50), jitter: .milliseconds(5), distribution: .table(.halfNormal))),
    ]

    private static func delay(_ name: String, _ milliseconds: Double, section: String) -> Profile {
        Profile(
            "rfc8868-delay-\(name)", "a delay and nothing else", source: "RFC 8868 section 4.1, \(section)",
            both: LinkSettings(delay: .milliseconds(milliseconds)))
    }

    private static func loss(_ percent: Int) -> Profile {
        Profile(
            "rfc8868-loss-\(percent)", "loss of \(percent) % and nothing else",
            source: "RFC 8868 section 4.2, each packet for itself (section 4.4); in both directions",
            both: LinkSettings(loss: .percent(Double(percent))))
    }

    private static func queue(_ name: String, _ milliseconds: Double, _ section: String) -> Profile {
        Profile(
            "rfc8868-queue-\(name)", "RFC 8867's reference path with another queue",
            source:
                "RFC 8868 section 4.3, \(section); the rate and delay that a queue needs are RFC 8867's (section 4.2)",
            both: reference(queue: milliseconds))
    }

    private static func reference(queue: Double) -> LinkSettings {
        LinkSettings(rate: .kilobits(1000), queue: .time(.milliseconds(queue)), delay: .milliseconds(50))
    }
}

extension DistributionTable {
    /// The absolute value of a normal distribution, three deviations at most: the upper half of the normal table, whose
    /// values are sorted.
    fileprivate static let halfNormal = DistributionTable(
        name: "half-normal",
        values: normal.values.dropFirst(normal.values.count / 2).map { min($0, Int16(3 * scale)) })
}
