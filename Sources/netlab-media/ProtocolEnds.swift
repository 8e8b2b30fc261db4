internal import LabModel
internal import Media
internal import RunStore

/// The two ends of a plan's protocol.
struct ProtocolEnds {
    private let run: String
    private let `protocol`: StreamProtocol

    init(run: String) throws {
        self.run = run
        `protocol` = try RunDirectory(existing: run).read(Plan.self, from: RunFolder.plan).pipeline.protocol
    }

    func sender(media: String, bind: String, to: String) throws -> any StreamSender {
        let port = `protocol`.port
        switch `protocol` {
        case .rtp: return try RTPSender(run: run, media: media, to: to, port: port, bind: bind)
        case .udpTS:
            return try TransportStreamSender(run: run, media: media) { _ in
                try UDPCarrier(bind: bind, to: to, port: port)
            }
        case .rtpTS:
            return try TransportStreamSender(run: run, media: media) { plan in
                try RTPCarrier(seed: plan.seed, bind: bind, to: to, port: port)
            }
        }
    }

    /// - Parameter linger: how long to wait for more when nothing comes any more (ns).
    func receiver(bind: String, linger: Int64) throws -> any StreamReceiver {
        let port = `protocol`.port
        switch `protocol` {
        case .rtp: return try RTPReceiver(run: run, bind: bind, linger: linger)
        case .udpTS:
            return try TransportStreamReceiver(run: run, linger: linger) { _ in try UDPSource(bind: bind, port: port) }
        case .rtpTS:
            return try TransportStreamReceiver(run: run, linger: linger) { _ in try RTPSource(bind: bind, port: port) }
        }
    }
}
