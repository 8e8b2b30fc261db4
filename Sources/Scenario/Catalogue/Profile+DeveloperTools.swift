extension Profile {
    /// Chrome DevTools' and Lighthouse's, slowest first.
    static let developerTools: [Profile] = [
        devTools("3g", "3G", down: 500, up: 500, roundTrip: 400),
        devTools("slow-4g", "Slow 4G", down: 1600, up: 750, roundTrip: 150),
        devTools("fast-4g", "Fast 4G", down: 9000, up: 1500, roundTrip: 60),
        Profile(
            "lighthouse-slow-4g", "the connection that Lighthouse assumes of a mobile device",
            source:
                "Lighthouse docs/throttling.md (f8eac394a6), mobileSlow4G; half of its round trip in each direction; "
                + "the slower processor is left out",
            down: 1600, up: 750, roundTrip: 150),
    ]

    private static func devTools(
        _ name: String, _ row: String, down: Int64, up: Int64, roundTrip: Double
    ) -> Profile {
        Profile(
            "devtools-\(name)", "the connection that Chrome DevTools' \(row) aims at",
            source:
                "Chrome DevTools NetworkManager.ts, \(row): its target connection, without the factors for HTTP-level "
                + "throttling; half of its round trip in each direction",
            down: down, up: up, roundTrip: roundTrip)
    }
}
