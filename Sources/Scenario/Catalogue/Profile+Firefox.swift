extension Profile {
    /// Slowest first.
    static let firefox: [Profile] = [
        firefox("gprs", "GPRS", down: 50, up: 20, latency: 500),
        firefox("regular-2g", "Regular 2G", down: 250, up: 50, latency: 300),
        firefox("good-2g", "Good 2G", down: 450, up: 150, latency: 150),
        firefox("regular-3g", "Regular 3G", down: 750, up: 250, latency: 100),
        firefox("good-3g", "Good 3G", down: 1500, up: 750, latency: 40),
        firefox("dsl", "DSL", down: 2000, up: 1000, latency: 5),
        firefox("regular-4g", "Regular 4G/LTE", down: 4000, up: 3000, latency: 20),
        firefox("wifi", "Wi-Fi", down: 30000, up: 15000, latency: 2),
    ]

    private static func firefox(_ name: String, _ row: String, down: Int64, up: Int64, latency: Double) -> Profile {
        Profile(
            "firefox-\(name)", "the connection that Firefox DevTools' \(row) stands for",
            source:
                "Firefox DevTools documentation, Throttling, \(row); its minimum latency is that of a request, so half "
                + "of it in each direction",
            down: down, up: up, roundTrip: latency)
    }
}
