/// How SRT is told to repair and to connect.
package struct SRTPlan: Codable, Hashable, Sendable {
    /// What the sender does; the receiver does what fits.
    package enum Mode: String, Codable, Sendable, CaseIterable {
        case caller
        case listener
        /// Both call.
        case rendezvous
    }

    /// How long after its sending a packet is given out, and may be asked for again until then.
    package var latency: TimeSpan
    package var mode: Mode
    /// Encrypts with AES-128; 10 to 79 bytes.
    package var passphrase: String?
    /// What the caller asks for, and the only one that the listener takes; up to 512 bytes.
    package var streamID: String?

    package init(
        latency: TimeSpan = .milliseconds(120), mode: Mode = .caller, passphrase: String? = nil,
        streamID: String? = nil
    ) {
        self.latency = latency
        self.mode = mode
        self.passphrase = passphrase
        self.streamID = streamID
    }
}
