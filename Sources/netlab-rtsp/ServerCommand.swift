internal import LabModel
internal import LinuxKit
internal import Media
internal import RTSPServer
internal import RunStore

/// `netlab-rtsp --run DIR --media FILE --bind ADDRESS`: serves a run's cameras, as its plan says.
struct ServerCommand {
    private let run: String
    private let media: String
    private let bind: String

    init(_ arguments: some Sequence<String>) throws(UsageError) {
        var options: [String: String] = [:]
        var rest = Array(arguments)[...]
        while let name = rest.popFirst(), let value = rest.popFirst() { options[name] = value }
        guard let run = options["--run"], let media = options["--media"], let bind = options["--bind"] else {
            throw UsageError("usage: netlab-rtsp --run DIR --media FILE --bind ADDRESS")
        }
        (self.run, self.media, self.bind) = (run, media, bind)
    }

    func serve() throws {
        let plan = try RunDirectory(existing: run).read(Plan.self, from: RunFolder.plan)
        let control = try WorkerControl(input: FileDescriptor.duplicate(0), output: FileDescriptor.duplicate(1))
        let sender = try ServedSender(run: run, media: media) { cameras in
            let tracks = cameras.map { streams in
                streams.map { ServedTrack(capabilities: SessionCaps.text(of: $0), firstPacket: $0.firstPacket) }
            }
            return try MediaServer(tracks, address: bind, port: plan.pipeline.protocol.port, counted: counted())
        }
        try sender.send(control)
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
