internal import LabModel
internal import LinuxKit
internal import RunStore

/// Streams that are announced to an RTSP server and recorded there (RFC 2326 sections 10.3, 10.4 and 10.11).
///
/// Sender reports keep the session alive (RFC 2326 section A.2).
final class PushWay: RTPWay {
    private let plan: Plan
    private let bind: String
    private let server: String
    private let address: String
    private var connection: RTSPConnection?
    private var session: String?
    private var reports: ReportListener?

    init(_ plan: Plan, bind: String, server: String) {
        self.plan = plan
        self.bind = bind
        self.server = server
        address = URLText.rtsp(
            host: server, port: plan.pipeline.protocol.port, path: RTSPPlan.path(ofCamera: 1))
    }

    func prepare(_ schedule: SendSchedule, in run: RunDirectory) {}

    func connect(_ schedule: SendSchedule, in run: RunDirectory) throws -> [any PacketRoute] {
        let begin = Clock.monotonic()
        let log = try ReportLog(in: run)
        let connection = try RTSPConnection(
            to: server, port: plan.pipeline.protocol.port, from: bind, by: begin + Self.patience
        ) { _, packet in try? log.note(packet, at: Clock.realtime()) }
        self.connection = connection
        let description = SessionDescription.text(
            schedule.streams, schedule.descriptions, origin: bind, destination: server, control: Self.control)
        try ask(
            "ANNOUNCE", headers: [("Content-Type", "application/sdp")], body: Array(description.utf8), connection)
        let routes = try schedule.streams.indices.map { try setUp($0, connection) }
        let datagrams = routes.compactMap { ($0 as? DatagramRoute)?.control }
        if !datagrams.isEmpty { reports = try ReportListener(datagrams, log: log) }
        try ask("RECORD", headers: [("Range", "npt=0.000-")], connection)
        let setup = TimeSpan(nanoseconds: Clock.monotonic() - begin)
        try LineWriter<RTSPSession>(run.file(RunFolder.rtspSessions)).append(RTSPSession(camera: 1, setup: setup))
        return routes
    }

    /// Leaves once the server has what was sent.
    func close() throws -> String? {
        defer { try? reports?.close() }
        guard let connection, session != nil else { return nil }
        if let end = connection.end { throw MediaError("push to", address, end) }
        do {
            try waitForAll(connection)
            try ask("TEARDOWN", by: Self.farewell, connection)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func waitForAll(_ connection: RTSPConnection) throws(MediaError) {
        switch plan.pipeline.rtsp.transport {
        case .udp: Clock.sleep(for: plan.longestWay(.downlink).nanoseconds)
        // Who answers has read all that was said before.
        case .tcp: try ask("OPTIONS", by: Self.drain, connection)
        }
        Clock.sleep(for: Self.settling)
    }

    /// Agrees upon the way of one stream.
    private func setUp(_ stream: Int, _ connection: RTSPConnection) throws -> any PacketRoute {
        let path = "/" + Self.control(stream)
        switch plan.pipeline.rtsp.transport {
        case .udp:
            let own = DatagramRoute.Ports(from: Self.firstPort + UInt16(2 * stream))
            let transport = "RTP/AVP;unicast;client_port=\(own.media)-\(own.control);mode=record"
            let answer = try ask("SETUP", path: path, headers: [("Transport", transport)], connection)
            guard let ports = answer.transport("server_port") else { throw refusal("SETUP", "it names no ports") }
            return try DatagramRoute(bind: bind, own, to: server, .init(media: ports.0, control: ports.1))
        case .tcp:
            let channel = UInt8(2 * stream)
            let transport = "RTP/AVP/TCP;unicast;interleaved=\(channel)-\(channel + 1);mode=record"
            let answer = try ask("SETUP", path: path, headers: [("Transport", transport)], connection)
            let (media, control) = answer.transport("interleaved") ?? (UInt16(channel), UInt16(channel) + 1)
            return InterleavedRoute(connection, media: UInt8(clamping: media), control: UInt8(clamping: control))
        }
    }

    @discardableResult
    private func ask(
        _ method: String, path: String = "", headers: [(String, String)] = [], body: [UInt8] = [],
        by patience: Int64 = PushWay.patience, _ connection: RTSPConnection
    ) throws(MediaError) -> RTSPResponse {
        var request = RTSPRequest(method: method, address: address + path, headers: headers, body: body)
        if let session { request.headers.append(("Session", session)) }
        let response = try connection.ask(request, by: Clock.monotonic() + patience)
        guard (200..<300).contains(response.status) else {
            throw refusal(method, "the server answers \(response.status) \(response.reason)")
        }
        session = response.session ?? session
        return response
    }

    private func refusal(_ method: String, _ reason: String) -> MediaError {
        MediaError("push to", address, "\(reason) to \(method)")
    }

    /// A stream's address within the session (RFC 2326 section C.1.1).
    private static func control(_ stream: Int) -> String { "streamid=\(stream)" }

    private static let firstPort: UInt16 = 5004
    /// How long the connection and each answer may take.
    private static let patience: Int64 = 10_000_000_000
    /// How long what is still to be sent may take.
    private static let drain: Int64 = 25_000_000_000
    private static let farewell: Int64 = 5_000_000_000
    /// How long the server's threads may take over the last packets.
    private static let settling: Int64 = 20_000_000
}
