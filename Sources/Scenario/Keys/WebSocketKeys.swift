import LabModel

/// The keys of `pipeline.ws:`.
enum WebSocketKeys {
    static let container = Key(
        "container", ValueKind<WebSocketPlan.Container>.choice(), "What the messages hold; mpegts when left out.")
    static let shape = MappingShape(
        [container], notes: ["format": .called("container"), "muxer": .called("container")])
}

extension ValueKind where Value == WebSocketPlan {
    static let webSocket = ValueKind(shape: .mapping(WebSocketKeys.shape)) { item in
        Fields(item, WebSocketKeys.shape).map { fields in
            WebSocketPlan(container: fields(WebSocketKeys.container) ?? WebSocketPlan().container)
        }
    }
}
