package import LabModel

/// A link of the catalogue, with where its numbers come from.
package struct Profile: Sendable {
    package let name: String
    package let summary: String
    /// The publication that the numbers were taken from, and what was done to them.
    package let source: String
    package let link: [Direction: Impairment]

    package func impairment(of direction: Direction) -> Impairment { link[direction] ?? .clean }

    package static func named(_ name: String) -> Profile? { catalogue.first { $0.name == name } }

    static let names = catalogue.map(\.name)

    /// Every profile, slowest first within its source.
    package static let catalogue: [Profile] = webPageTest + developerTools + guidelines

    /// Rates in kbit/s, the round trip in ms: half of it goes to each direction.
    private static func access(
        _ name: String, _ summary: String, down: Int64, up: Int64, roundTrip: Double, source: String
    ) -> Profile {
        let delay = TimeSpan.milliseconds(roundTrip / 2)
        return Profile(
            name: name, summary: summary, source: source,
            link: [
                .downlink: Impairment(rate: Rate(bitsPerSecond: down * 1000), delay: delay),
                .uplink: Impairment(rate: Rate(bitsPerSecond: up * 1000), delay: delay),
            ])
    }

    private static func webPageTest(_ row: String, name: String, down: Int64, up: Int64, roundTrip: Double) -> Profile {
        access(
            "wpt-\(name)", "WebPageTest's \(row) connection", down: down, up: up, roundTrip: roundTrip,
            source: "WebPageTest connectivity.ini.sample (b85d6562c), \(row); half of its round trip in each direction")
    }

    private static let webPageTest = [
        webPageTest("Dial", name: "dial", down: 49, up: 30, roundTrip: 120),
        webPageTest("Edge", name: "edge", down: 240, up: 200, roundTrip: 840),
        webPageTest("2G", name: "2g", down: 280, up: 256, roundTrip: 800),
        webPageTest("3GSlow", name: "3g-slow", down: 400, up: 400, roundTrip: 400),
        webPageTest("DSL", name: "dsl", down: 1500, up: 384, roundTrip: 50),
        webPageTest("3G", name: "3g", down: 1600, up: 768, roundTrip: 300),
        webPageTest("3GFast", name: "3g-fast", down: 1600, up: 768, roundTrip: 150),
        webPageTest("Cable", name: "cable", down: 5000, up: 1000, roundTrip: 28),
        webPageTest("4G", name: "4g", down: 9000, up: 9000, roundTrip: 170),
        webPageTest("LTE", name: "lte", down: 12000, up: 12000, roundTrip: 70),
        webPageTest("FIOS", name: "fios", down: 20000, up: 5000, roundTrip: 4),
    ]

    private static func developerTools(
        _ row: String, name: String, down: Int64, up: Int64, roundTrip: Double
    ) -> Profile {
        access(
            "devtools-\(name)", "the connection that Chrome DevTools' \(row) aims at", down: down, up: up,
            roundTrip: roundTrip,
            source:
                "Chrome DevTools NetworkManager.ts, \(row): its target connection, without the factors for HTTP-level "
                + "throttling; half of its round trip in each direction")
    }

    private static let developerTools = [
        developerTools("3G", name: "3g", down: 500, up: 500, roundTrip: 400),
        developerTools("Slow 4G", name: "slow-4g", down: 1600, up: 750, roundTrip: 150),
        developerTools("Fast 4G", name: "fast-4g", down: 9000, up: 1500, roundTrip: 60),
    ]

    /// The defaults of the RFC 8867 test cases: 1 Mbit/s, 50 ms one way, tail drop at 300 ms.
    private static let guidelines: [Profile] = [
        Profile(
            name: "rfc8867", summary: "the reference path of RFC 8867's test cases, without jitter",
            source: "RFC 8867 section 4.2: 1 Mbit/s, one-way delay 50 ms, tail-drop queue 300 ms",
            link: [
                .downlink: Impairment(
                    rate: Rate(bitsPerSecond: 1_000_000), queue: .time(.milliseconds(300)), delay: .milliseconds(50)),
                .uplink: Impairment(
                    rate: Rate(bitsPerSecond: 1_000_000), queue: .time(.milliseconds(300)), delay: .milliseconds(50)),
            ])
    ]
}
