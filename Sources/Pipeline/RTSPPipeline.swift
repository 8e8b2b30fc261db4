internal import Lab
internal import LabModel

/// RTSP (RFC 2326): a server on the sender's side, which is netlab's sender as well, and for each camera a receiver that
/// asks it for its stream. All sessions stand before the stream begins; a server's streams end with RTCP's BYE.
enum RTSPPipeline: StreamPipeline {
    static func start(_ cast: Cast) throws {
        let (lab, folder) = (cast.stage.lab, cast.stage.folder)
        try cast.start(
            .sender, in: lab.sender.namespace, own: "netlab-rtsp",
            ["--run", folder, "--media", cast.stage.media, "--bind", lab.sender.address])
        let cameras = cast.stage.plan.pipeline.rtsp.cameras
        for camera in 1...cameras {
            try cast.start(
                cameras > 1 ? .receiver(camera) : .receiver, in: lab.receiver.namespace,
                [
                    "receive", "--run", folder, "--bind", lab.receiver.address, "--from", lab.sender.address,
                    "--camera", "\(camera)",
                ])
        }
    }
}
