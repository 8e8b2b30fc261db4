internal import LabModel
internal import LinuxKit
internal import RunStore

/// The way of a sender's RTP streams to the other side, and of the reports that come back.
protocol RTPWay: AnyObject {
    /// Makes what the receiver needs before it starts.
    func prepare(_ schedule: SendSchedule, in run: RunDirectory) throws

    /// Makes the connection, where there is one to make, and listens for reports; a route for each stream.
    func connect(_ schedule: SendSchedule, in run: RunDirectory) throws -> [any PacketRoute]

    /// Ends it; all is on disk then. What went wrong that costs the run nothing.
    func close() throws -> String?
}

/// UDP to ports that both sides know, as a session description tells them.
final class DirectWay: RTPWay {
    private let bind: String
    private let to: String
    private var routes: [DatagramRoute] = []
    private var reports: ReportListener?

    init(bind: String, to: String) {
        self.bind = bind
        self.to = to
    }

    func prepare(_ schedule: SendSchedule, in run: RunDirectory) throws {
        routes = try schedule.streams.compactMap { facts in
            guard let port = facts.rtp?.port else { return nil }
            return try DatagramRoute(bind: bind, .init(from: port), to: to, .init(from: port))
        }
        let description = SessionDescription.text(
            schedule.streams, schedule.descriptions, origin: bind, destination: to)
        try File.write(description, to: run.file(RunFolder.sessionDescription))
    }

    func connect(_ schedule: SendSchedule, in run: RunDirectory) throws -> [any PacketRoute] {
        reports = try ReportListener(routes.map(\.control), log: ReportLog(in: run))
        return routes
    }

    func close() throws -> String? {
        try reports?.close()
        return nil
    }
}
