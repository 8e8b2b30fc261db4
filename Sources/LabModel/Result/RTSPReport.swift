/// What RTSP adds to RTP (RFC 2326).
package struct RTSPReport: Codable, Sendable {
    /// How long each client took from its first packet to the server's answer to PLAY or RECORD, in the order of cameras; sessions
    /// stand before the stream begins, so it is no part of the player's startup.
    package var setups: [TimeSpan]
    /// How much later than due the access units had left the sender's interface, the server's own delay included.
    package var departure: Distribution?
    /// What the server's RTP manager counted at last.
    package var server: [RTSPServerCount]

    package init(setups: [TimeSpan], departure: Distribution?, server: [RTSPServerCount]) {
        self.setups = setups
        self.departure = departure
        self.server = server
    }
}
