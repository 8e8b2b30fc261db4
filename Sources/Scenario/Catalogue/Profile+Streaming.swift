import LabModel

/// Links that change step by step, as adaptive streaming is tested with.
extension Profile {
    /// The low-latency grand challenge of ACM MMSys 2020; seconds for each step, rates in kbit/s.
    static let twitch: [Profile] = [
        twitch("cascade", "CASCADE", [1200, 800, 400, 800, 1200], each: 30),
        twitch("intra-cascade", "INTRA_CASCADE", [1000, 800, 600, 400, 200, 400, 600, 800, 1000], each: 15),
        twitch("spike", "SPIKE", [1200, 300, 800], each: 10),
        twitch("slow-jitters", "SLOW_JITTERS", [500, 1200, 500, 1200, 500, 1200], each: 5),
        twitch(
            "fast-jitters", "FAST_JITTERS", [500, 1200, 500, 1200, 500, 1200],
            seconds: [0.25, 5, 0.1, 1, 0.25, 5], "0.1 to 5 s each"),
        twitch("cascade-fast", "CASCADE", [500, 200, 500], each: 30, file: "fast"),
        twitch("intra-cascade-fast", "INTRA_CASCADE", [300, 200, 100, 200, 300], each: 15, file: "fast"),
        twitch("spike-fast", "SPIKE", [500, 200, 400], each: 10, file: "fast"),
    ]

    private static func twitch(
        _ name: String, _ row: String, _ rates: [Int64], each seconds: Double, file: String = "normal"
    ) -> Profile {
        twitch(
            name, row, rates, seconds: rates.map { _ in seconds }, "\(Int(seconds)) s each", file: file)
    }

    /// The browser that it throttles has its rate in both directions.
    private static func twitch(
        _ name: String, _ row: String, _ rates: [Int64], seconds: [Double], _ lengths: String, file: String = "normal"
    ) -> Profile {
        Profile(
            name, "\(list(rates)) kbit/s, \(lengths)",
            source:
                "twitchtv/acm-mmsys-2020-grand-challenge \(file)-network-patterns.js, \(row); in both directions, as "
                + "its run.js throttles a browser; a link without delay",
            steps: zip(rates, seconds).map { rate, seconds in
                let both = LinkSettings(rate: .kilobits(rate))
                return Step(seconds: seconds, link: [.downlink: both, .uplink: both])
            })
    }

    /// LLL-CAdViSE's; kbit/s.
    static let cadvise: [Profile] = [
        cadvise("stable", "stable", "3770 kbit/s for 130 s", [3770], lastFor: 130),
        cadvise("ramp-up", "rampUp", "372 to 7170 kbit/s by 618 each 10 s", ramp, lastFor: 20),
        cadvise("ramp-down", "rampDown", "7170 to 372 kbit/s by 618 each 10 s", ramp.reversed(), lastFor: 20),
        cadvise(
            "fluctuation", "fluctuation", "7170 and 370 kbit/s in turn, 10 s each, for 180 s",
            (0..<18).map { $0.isMultiple(of: 2) ? 7170 : 370 }, lastFor: 10),
    ]

    private static let ramp = Array(stride(from: Int64(372), through: 7170, by: 618))

    private static func cadvise(
        _ name: String, _ file: String, _ summary: String, _ rates: [Int64], lastFor last: Double
    ) -> Profile {
        let steps = rates.enumerated().map { index, rate in
            Step(
                seconds: index == rates.count - 1 ? last : 10,
                link: [.downlink: LinkSettings(rate: .kilobits(rate))])
        }
        return Profile(
            "cadvise-\(name)", summary,
            source:
                "cd-athena/LLL-CAdViSE network/\(file).json: clientIngress is the downlink's rate, serverLatency its delay",
            constant: [.downlink: LinkSettings(delay: .milliseconds(80))], steps: steps)
    }

    static let sabre: [Profile] = [
        Profile(
            "sabre-sample", "5000, 3000, 1500, 3000 kbit/s with round trips of 75, 150, 200, 150 ms, 30 s each",
            source:
                "UMass-LIDS/sabre example/network.json; the rate is the downlink's, and its latency is that of a "
                + "request, so half of it in each direction",
            steps: [sabre(5000, 75), sabre(3000, 150), sabre(1500, 200), sabre(3000, 150)])
    ]

    private static func sabre(_ rate: Int64, _ latency: Double) -> Step {
        let delay = TimeSpan.milliseconds(latency / 2)
        return Step(
            seconds: 30,
            link: [.downlink: LinkSettings(rate: .kilobits(rate), delay: delay), .uplink: LinkSettings(delay: delay)])
    }

    private static func list(_ rates: [Int64]) -> String { rates.map(String.init).joined(separator: ", ") }
}
