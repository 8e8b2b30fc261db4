/// What an RTMP server says of itself at one moment: a line of `media/rtmp.jsonl`.
package struct RTMPSample: Codable, Hashable, Sendable {
    package var time: Timestamp
    /// Of all its RTMP connections, framing included.
    package var received: ByteCount
    package var sent: ByteCount
    package var players: Int
    /// Messages that it left out for the players that now play, because too many waited for them already.
    package var dropped: Int64

    package init(time: Timestamp, received: ByteCount, sent: ByteCount, players: Int, dropped: Int64) {
        self.time = time
        self.received = received
        self.sent = sent
        self.players = players
        self.dropped = dropped
    }
}
