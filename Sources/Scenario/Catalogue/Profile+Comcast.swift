import LabModel

extension Profile {
    /// Latency in ms, rate in kbit/s, loss in percent.
    static let comcast: [Profile] = [
        comcast("dial-up", "DIAL-UP (good)", 185, 40, 2),
        comcast("gprs", "GPRS (good)", 500, 50, 2),
        comcast("edge", "EDGE (good)", 300, 250, 1.5),
        comcast("3g", "3G/HSDPA (good)", 250, 750, 1.5),
        comcast("dsl-poor", "DSL (poor)", 70, 2000, 2),
        comcast("dsl-good", "DSL (good)", 40, 8000, 0.5),
        comcast("wifi", "WIFI (good)", 40, 30000, 0.2),
        comcast("starlink", "Starlink", 20, nil, 2.5),
    ]

    private static func comcast(
        _ name: String, _ row: String, _ latency: Double, _ rate: Int64?, _ loss: Double
    ) -> Profile {
        Profile(
            "comcast-\(name)", "comcast's \(row)",
            source:
                "comcast README (145d021), \(row); half of its latency in each direction, its bandwidth and loss in both",
            both: LinkSettings(
                rate: rate.map(Rate.kilobits), delay: .milliseconds(latency / 2), loss: .percent(loss)))
    }
}
