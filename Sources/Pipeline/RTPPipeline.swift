internal import Lab
internal import LabModel

/// RTP over UDP with RTCP (RFC 3550): the sender writes the session's description, the receiver reads it.
enum RTPPipeline: StreamPipeline {
    /// Video's RTP port; its RTCP and then audio's pair follow.
    static let port: UInt16 = 5004

    static func start(in stage: Stage) throws -> [MediaWorker] {
        let sender = try stage.start(
            "sender", in: stage.lab.sender.namespace,
            [
                "send", "--run", stage.folder, "--media", stage.media, "--bind", stage.lab.sender.address.ipv4,
                "--to", stage.lab.receiver.address.ipv4, "--port", "\(port)",
            ])
        do {
            let receiver = try stage.start(
                "receiver", in: stage.lab.receiver.namespace,
                ["receive", "--run", stage.folder, "--bind", stage.lab.receiver.address.ipv4, "--port", "\(port)"])
            return [sender, receiver]
        } catch {
            sender.stop(grace: .zero)
            throw error
        }
    }
}
