import LabModel

extension Profile {
    /// Settings of the incoming flow for the downlink and of the outgoing one for the uplink.
    static let loadero: [Profile] = [
        loadero("gprs", "GPRS", .at(80, 650, jitter: 100, loss: 1), .at(20, 650, jitter: 100, loss: 1)),
        loadero("edge", "Edge", .at(200, 650, jitter: 100, loss: 1), .at(260, 650, jitter: 100, loss: 1)),
        loadero("3g", "3G", .at(1200, 250, jitter: 50, loss: 0.5), .at(1200, 250, jitter: 50, loss: 0.5)),
        loadero("3.5g", "3.5G/HSDPA", .at(20000, 150, jitter: 10, loss: 0.5), .at(10000, 150, jitter: 10, loss: 0.5)),
        loadero("4g", "4G", .at(100_000, 45, jitter: 5, loss: 0.2), .at(50000, 45, jitter: 15, loss: 0.2)),
        loadero("asymmetric", "Asymmetric", .at(500, 50, jitter: 10), .at(1000, 50, jitter: 10)),
        loadero("satellite", "Satellite phone", .at(1000, 600), .at(256, 600)),
        loadero("loss-5", "5% packetloss", .at(loss: 5), .at(loss: 5)),
        loadero("loss-10", "10% packetloss", .at(loss: 10), .at(loss: 10)),
        loadero("loss-20", "20% packetloss", .at(loss: 20), .at(loss: 20)),
        loadero("loss-50", "50% packetloss", .at(loss: 50), .at(loss: 50)),
        loadero("loss-100", "100% packetloss", .at(loss: 100), .at(loss: 100)),
        loadero("high-latency", "High latency", .at(nil, 500, jitter: 50), .at(nil, 500, jitter: 50)),
        loadero("high-jitter", "High jitter", .at(nil, 200, jitter: 100), .at(nil, 200, jitter: 100)),
    ]

    private static func loadero(
        _ name: String, _ row: String, _ incoming: LinkSettings, _ outgoing: LinkSettings
    ) -> Profile {
        Profile(
            name: "loadero-\(name)", summary: "Loadero's \(row)",
            source:
                "wiki.loadero.com, Network conditions, \(row); incoming is the downlink, latency and loss are those of "
                + "each direction, and jitter keeps packets in order",
            link: [.downlink: incoming, .uplink: outgoing])
    }
}

extension LinkSettings {
    /// kbit/s, ms, ms and percent.
    fileprivate static func at(
        _ rate: Int64? = nil, _ delay: Double? = nil, jitter: Double? = nil, loss: Double? = nil
    ) -> LinkSettings {
        LinkSettings(
            rate: rate.map(Rate.kilobits), delay: delay.map(TimeSpan.milliseconds),
            jitter: jitter.map(TimeSpan.milliseconds), loss: loss.map(LossModel.percent))
    }
}
