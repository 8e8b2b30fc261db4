internal import Lab
internal import LabModel
internal import LinuxKit

/// RTMP through nginx: the sender publishes to the server beside it, and the receiver plays over the link. It has joined
/// when the stream begins.
enum RTMPPipeline: StreamPipeline {
    static let drainsBacklog = true

    static func start(_ cast: Cast) throws {
        let stage = cast.stage
        let (sender, receiver) = (stage.lab.sender, stage.lab.receiver)
        // The publisher reaches the server's address that way.
        try sender.namespace.inside { try NetworkNamespace.bringUpLoopback() }
        let port = stage.plan.pipeline.protocol.port
        let server = Nginx(folder: "\(stage.folder)/\(RunFolder.server)", address: sender.address, port: port)
        try cast.start(.server, in: sender.namespace, program: server.prepare(), ready: .listens(.tcp, port: port))
        try cast.start(
            .sender, in: sender.namespace,
            [
                "send", "--run", stage.folder, "--media", stage.media, "--bind", sender.address, "--to",
                receiver.address,
            ])
        try cast.start(
            .receiver, in: receiver.namespace,
            ["receive", "--run", stage.folder, "--bind", receiver.address, "--from", sender.address])
        try cast.wait(for: .receiver, to: "join the stream") {
            NginxStatus.read(from: sender.address, in: sender.namespace)?.players == 1
        }
        cast.add(try RTMPStatistics(sender, samples: "\(stage.folder)/\(RunFolder.rtmp)"))
    }
}
