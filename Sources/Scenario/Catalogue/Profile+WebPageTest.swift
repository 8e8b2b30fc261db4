extension Profile {
    /// Slowest first.
    static let webPageTest: [Profile] = [
        webPageTest("dial", "Dial", down: 49, up: 30, roundTrip: 120),
        webPageTest("edge", "Edge", down: 240, up: 200, roundTrip: 840),
        webPageTest("2g", "2G", down: 280, up: 256, roundTrip: 800),
        webPageTest("3g-slow", "3GSlow", down: 400, up: 400, roundTrip: 400),
        webPageTest("dsl", "DSL", down: 1500, up: 384, roundTrip: 50),
        webPageTest("3g", "3G", down: 1600, up: 768, roundTrip: 300),
        webPageTest("3g-fast", "3GFast", down: 1600, up: 768, roundTrip: 150),
        webPageTest("cable", "Cable", down: 5000, up: 1000, roundTrip: 28),
        webPageTest("4g", "4G", down: 9000, up: 9000, roundTrip: 170),
        webPageTest("lte", "LTE", down: 12000, up: 12000, roundTrip: 70),
        webPageTest("fios", "FIOS", down: 20000, up: 5000, roundTrip: 4),
    ]

    private static func webPageTest(
        _ name: String, _ row: String, down: Int64, up: Int64, roundTrip: Double
    ) -> Profile {
        Profile(
            "wpt-\(name)", "WebPageTest's \(row) connection",
            source: "WebPageTest connectivity.ini.sample (b85d6562c), \(row); half of its round trip in each direction",
            down: down, up: up, roundTrip: roundTrip)
    }
}
