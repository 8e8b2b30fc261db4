internal import Lab
internal import LabModel
internal import LinuxKit

/// RTMP through nginx: the sender publishes to the server beside it, and the receiver plays over the link. It has joined
/// when the stream begins.
enum RTMPPipeline: StreamPipeline {
    static let drainsBacklog = true

    static func start(_ cast: Cast) throws {
        let sender = cast.stage.lab.sender
        try publish(cast, makesSegments: false)
        try cast.startReceiver()
        try cast.wait(for: .receiver, to: "join the stream") {
            NginxStatus.read(from: sender.address, in: sender.namespace)?.players == 1
        }
    }

    /// Starts the server and the sender, and what reads the server's statistics.
    static func publish(_ cast: Cast, makesSegments: Bool) throws {
        let (stage, sender) = (cast.stage, cast.stage.lab.sender)
        // The publisher reaches the server's address that way.
        try sender.namespace.inside { try NetworkNamespace.bringUpLoopback() }
        let server = Nginx(
            folder: "\(stage.folder)/\(RunFolder.server)", address: sender.address, makesSegments: makesSegments)
        try cast.start(
            .server, in: sender.namespace, program: server.prepare(), ready: .listens(.tcp, port: RTMPService.port))
        try cast.startSender()
        cast.add(try RTMPStatistics(sender, samples: "\(stage.folder)/\(RunFolder.rtmp)"))
    }
}
