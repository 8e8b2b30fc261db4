/// A client's session came about: a line of `media/rtsp-sessions.jsonl`.
package struct RTSPSession: Codable, Hashable, Sendable {
    /// From 1.
    package var camera: Int
    /// From the client's first packet to the server's answer to PLAY or RECORD.
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
    /// RTP packets and bytes of payload given to the network, or come from it.
    package var packets: Int64
    package var bytes: ByteCount
    /// Of a stream that the server sends, as the last receiver report that the manager took for one says, and absent where
    /// there was none; else the manager's own count.
    package var cumulativeLost: Int64?
    /// From 0 to 1, as the last receiver report says; of a stream that comes, the server's own.
    package var fractionLost: Double?
    /// RFC 3550's, from the same source as `cumulativeLost`.
    package var jitter: TimeSpan?

    package init(
        time: Timestamp, ssrc: UInt32, packets: Int64, bytes: ByteCount, cumulativeLost: Int64?, fractionLost: Double?,
        jitter: TimeSpan?
    ) {
        self.time = time
        self.ssrc = ssrc
        self.packets = packets
        self.bytes = bytes
        self.cumulativeLost = cumulativeLost
        self.fractionLost = fractionLost
        self.jitter = jitter
    }
}
