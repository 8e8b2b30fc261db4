/// What the messages of a WebSocket connection hold.
package struct WebSocketPlan: Codable, Hashable, Sendable {
    package enum Container: String, Codable, Sendable, CaseIterable {
        /// MPEG-TS, in one message all that is due at a time.
        case mpegts
        /// Fragmented MP4, as a browser takes it: a message with the initialization, then one for each access unit.
        case fmp4
    }

    package var container: Container

    package init(container: Container = .mpegts) {
        self.container = container
    }
}
