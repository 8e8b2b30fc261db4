import LabModel

/// The keys of `pipeline.rtsp:`.
enum RTSPKeys {
    static let transport = Key(
        "transport", ValueKind<RTSPPlan.Transport>.choice(), "What carries the RTP packets; udp when left out.")
    static let mode = Key(
        "mode", ValueKind<RTSPPlan.Mode>.choice(),
        "Whether the receiver pulls the stream from a server, or the sender pushes it to one; pull when left out.")
    static let cameras = Key(
        "cameras", ValueKind<Int>.wholeNumber(1...8),
        "How many cameras the server has, each with a receiver of its own.")
    static let shape = MappingShape([transport, mode, cameras])
}

extension ValueKind where Value == RTSPPlan {
    static let rtsp = ValueKind(shape: .mapping(RTSPKeys.shape)) { item in
        Fields(item, RTSPKeys.shape).map { fields in
            let usual = RTSPPlan()
            return RTSPPlan(
                transport: fields(RTSPKeys.transport) ?? usual.transport,
                mode: fields(RTSPKeys.mode) ?? usual.mode,
                cameras: fields(RTSPKeys.cameras) ?? usual.cameras)
        }
    }
}
