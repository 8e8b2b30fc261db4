internal import LabModel
internal import Media

extension ProtocolEnds {
    /// The server of `ws`.
    func webSocketSender(media: String, bind: String) throws -> any StreamSender {
        let container = plan.pipeline.ws.container
        let carrier = try WebSocketCarrier(bind: bind, port: port, joins: container == .mpegts)
        return switch container {
        case .mpegts: try TransportStreamSender(run: run, media: media, carrier: carrier)
        case .fmp4: try FragmentSender(run: run, media: media, carrier: carrier)
        }
    }

    /// The client of `ws`.
    func webSocketReceiver(server: String, linger: Int64) throws -> any StreamReceiver {
        let source = WebSocketSource(server: server, port: port)
        return switch plan.pipeline.ws.container {
        case .mpegts: try TransportStreamReceiver(run: run, linger: linger, source: source)
        case .fmp4: try FragmentReceiver(run: run, linger: linger, source: source)
        }
    }
}
