internal import Lab
internal import LabModel

/// RTSP (RFC 2326), whose sessions stand before the stream begins. The link lies between a client and its server: pulled,
/// the server is netlab's sender as well, and for each camera a receiver asks it for its stream, which ends with RTCP's BYE;
/// pushed, the server is netlab's receiver as well, and the sender's TEARDOWN tells the end.
enum RTSPPipeline: StreamPipeline {
    static func start(_ cast: Cast) throws {
        switch cast.stage.plan.pipeline.rtsp.mode {
        case .pull: try startServing(cast)
        case .push: try startReceiving(cast)
        }
    }

    private static func startServing(_ cast: Cast) throws {
        let (lab, folder) = (cast.stage.lab, cast.stage.folder)
        try cast.start(
            .sender, in: lab.sender.namespace, own: "netlab-rtsp",
            ["serve", "--run", folder, "--media", cast.stage.media, "--bind", lab.sender.address])
        let cameras = cast.stage.plan.pipeline.rtsp.cameras
        for camera in 1...cameras {
            try cast.startReceiver(cameras > 1 ? .receiver(camera) : .receiver, ["--camera", "\(camera)"])
        }
    }

    private static func startReceiving(_ cast: Cast) throws {
        let (lab, folder) = (cast.stage.lab, cast.stage.folder)
        try cast.startSender()
        try cast.start(
            .receiver, in: lab.receiver.namespace, own: "netlab-rtsp",
            ["receive", "--run", folder, "--bind", lab.receiver.address])
        try cast.connect()
    }
}
