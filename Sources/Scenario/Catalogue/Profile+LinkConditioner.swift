import LabModel

extension Profile {
    /// Presets of Apple's Network Link Conditioner. Apple publishes no figures; these are the ones on which two
    /// independent copies agree in every value. Rates in kbit/s, one-way delays in ms, loss of the downlink in percent.
    static let linkConditioner: [Profile] = [
        linkConditioner("edge-average", "Edge Average", down: (240, 400), up: (200, 440)),
        linkConditioner("edge-good", "Edge Good", down: (250, 350), up: (200, 370)),
        linkConditioner("3g-lossy", "3G Lossy", down: (780, 100), up: (330, 100), loss: 1),
        linkConditioner("3g-average", "3G Average", down: (780, 100), up: (330, 100)),
    ]

    private static func linkConditioner(
        _ name: String, _ row: String, down: (Int64, Double), up: (Int64, Double), loss: Double? = nil
    ) -> Profile {
        Profile(
            name: "apple-\(name)", summary: "Network Link Conditioner's \(row)",
            source:
                "\(row) of Apple's Network Link Conditioner, as Augmented Traffic Control's utils/profiles and an ipfw "
                + "script of 2011 to 2013 agree on it; Apple publishes no figures",
            link: [
                .downlink: LinkSettings(
                    rate: .kilobits(down.0), delay: .milliseconds(down.1), loss: loss.map(LossModel.percent)),
                .uplink: LinkSettings(rate: .kilobits(up.0), delay: .milliseconds(up.1)),
            ])
    }
}
