internal import LabModel
internal import LinuxKit
internal import Media
internal import RTSPServer
internal import RunStore

/// `netlab-rtsp serve --run DIR --media FILE --bind ADDRESS`: serves a run's cameras, as its plan says.
/// `netlab-rtsp receive --run DIR --bind ADDRESS`: receives what is pushed to it.
struct ServerCommand {
    private let run: String
    /// Absent where it receives.
    private let media: String?
    private let bind: String
    private let plan: Plan

    init(_ arguments: some Sequence<String>) throws {
        var options: [String: String] = [:]
        var rest = Array(arguments)[...]
        let verb = rest.popFirst()
        while let name = rest.popFirst(), let value = rest.popFirst() { options[name] = value }
        media = options["--media"]
        guard let run = options["--run"], let bind = options["--bind"], verb == (media == nil ? "receive" : "serve")
        else {
            throw UsageError(
                "usage: netlab-rtsp serve --run DIR --media FILE --bind ADDRESS, or receive --run DIR --bind ADDRESS")
        }
        (self.run, self.bind) = (run, bind)
        plan = try RunDirectory(existing: run).read(Plan.self, from: RunFolder.plan)
    }

    func perform() throws {
        let control = try WorkerControl(input: FileDescriptor.duplicate(0), output: FileDescriptor.duplicate(1))
        if let media { try serve(media, control) } else { try receive(control) }
    }

    private func serve(_ media: String, _ control: WorkerControl) throws {
        let sender = try ServedSender(run: run, media: media) { cameras in
            let tracks = cameras.map { streams in
                streams.map { ServedTrack(capabilities: SessionCaps.text(of: $0), firstPacket: $0.firstPacket) }
            }
            return try MediaServer(tracks, address: bind, port: plan.pipeline.protocol.port, counted: counted())
        }
        try sender.send(control)
    }

    /// Clients have some seconds beyond the stream's length to leave.
    private func receive(_ control: WorkerControl) throws {
        let receiver = try PushReceiver(run: run, linger: 5_000_000_000) { inbox, streams in
            let hearing = PushServer.Hearing(
                announced: inbox.announce, packet: { inbox.take($0, of: $1, time: $2) }, left: inbox.leave)
            _ = try PushServer(
                streams: streams, address: bind, port: plan.pipeline.protocol.port, hearing: hearing,
                counted: counted())
        }
        try receiver.receive(control)
    }

    /// Writes down what the server counts.
    private func counted() throws -> @Sendable ([RTSPServerCount]) -> Void {
        let lines = try LineWriter<RTSPServerCount>(RunDirectory(existing: run).file(RunFolder.rtspServer))
        return { try? lines.append($0) }
    }
}

extension MediaServer: PacketOutlet {}

/// A command line that makes no sense.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
