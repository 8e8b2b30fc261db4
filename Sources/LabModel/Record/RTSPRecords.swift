/// A client's session came about: a line of `media/rtsp-sessions.jsonl`.
package struct RTSPSession: Codable, Hashable, Sendable {
    /// From 1.
    package var camera: Int
    /// From the first packet to the server's answer to PLAY.
    package var setup: TimeSpan

    package init(camera: Int, setup: TimeSpan) {
        self.camera = camera
        self.setup = setup
    }
}

/// What the server's RTP manager has counted of one stream: a line of `media/rtsp-server.jsonl`.
package struct RTSPServerCount: Codable, Hashable, Sendable {
    package var time: Timestamp
    package var ssrc: UInt32
    /// RTP packets and bytes of payload given to the network.
    package var packets: Int64
    package var bytes: ByteCount
    /// Of the last receiver report about the stream that the manager took for one; absent where there was none.
    package var cumulativeLost: Int64?
    /// From 0 to 1.
    package var fractionLost: Double?

    package init(
        time: Timestamp, ssrc: UInt32, packets: Int64, bytes: ByteCount, cumulativeLost: Int64?, fractionLost: Double?
    ) {
        self.time = time
        self.ssrc = ssrc
        self.packets = packets
        self.bytes = bytes
        self.cumulativeLost = cumulativeLost
        self.fractionLost = fractionLost
    }
}
