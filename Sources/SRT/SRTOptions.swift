package import LabModel

/// What a socket is told before it connects (`SRTO_*`, srt/docs/API/API-socket-options.md).
package struct SRTOptions: Hashable, Sendable {
    /// How long after its sending a packet is given out; the greater of both ends' counts. Whole milliseconds.
    package var latency: TimeSpan
    /// Encrypts with AES-128 where there is one, 10 to 79 bytes.
    package var passphrase: String?
    /// What a caller asks the listener for, and the only one that a listener takes; up to 512 bytes.
    package var streamID: String?
    /// How long a connection may take to come about.
    package var patience: TimeSpan

    package init(
        latency: TimeSpan, passphrase: String? = nil, streamID: String? = nil, patience: TimeSpan = .seconds(10)
    ) {
        self.latency = latency
        self.passphrase = passphrase
        self.streamID = streamID
        self.patience = patience
    }
}
