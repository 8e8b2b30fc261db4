/// What libsrt told of a run's connection.
package struct SRTReport: Codable, Sendable {
    /// The last that each end said before the connection was closed.
    package var sender: SRTSample?
    package var receiver: SRTSample?
    /// The sender's samples while the stream ran.
    package var roundTrip: Distribution?
    /// Media that waited at the sender for its acknowledgement, and at the receiver for its time.
    package var senderBuffer: Distribution?
    package var receiverBuffer: Distribution?

    package init(sender: SRTSample?, receiver: SRTSample?) {
        self.sender = sender
        self.receiver = receiver
    }
}
