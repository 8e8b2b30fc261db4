/// What a protocol that sends lost packets again did about loss, and what that cost on the wire.
package struct RepairReport: Codable, Sendable {
    /// As the captures show it, at the sender and at the receiver.
    package var sent = RepairTraffic()
    package var received = RepairTraffic()
    /// Of all packets, the share that the receiver gave up, as its library tells.
    package var lossAfter: Double?

    package init() {}
}

/// The packets of such a protocol at one end of the link, by what they are for.
package struct RepairTraffic: Codable, Hashable, Sendable {
    package struct Count: Codable, Hashable, Sendable {
        package var packets: Int64 = 0
        /// Ethernet frames.
        package var bytes = ByteCount(0)
        /// What they carry of the media's transport stream.
        package var media = ByteCount(0)

        package init() {}
    }

    /// Media, sent for the first time.
    package var original = Count()
    /// Media, sent again.
    package var retransmitted = Count()
    /// Made from several packets, so that one of them can be lost (forward error correction).
    package var correction = Count()
    /// Of the sender, beside media.
    package var control = Count()
    /// Of the receiver.
    package var feedback = Count()

    package init() {}
}
