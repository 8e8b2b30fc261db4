/// What the stream took of the link to deliver its media: all packets between the sender and the receiver from the
/// stream's start on, the probes' left out. Sizes count the Ethernet header.
package struct WireReport: Codable, Hashable, Sendable {
    /// One direction, as it entered the link.
    package struct Way: Codable, Hashable, Sendable {
        package var packets: Int64 = 0
        package var bytes = ByteCount(0)
        /// Over `WireReport.time`; absent where that is no time.
        package var rate: Rate?

        package init() {}
    }

    /// What bytes of the media's direction were for, beside the media that was delivered.
    package enum Purpose: String, Codable, Sendable, CaseIterable {
        /// Media of access units that never came whole.
        case undelivered
        /// What the payload format or the container adds, and what else is beside media in the payload.
        case packaging
        /// Of Ethernet, IP, the transport and the protocol, of packets that carry media for the first time.
        case headers
        /// Packets that carry again what had been sent, with all of their headers.
        case retransmission
        /// Null packets and stuffing bytes of MPEG-TS.
        case stuffing
        case fec
        /// Packets without media: reports, acknowledgements, requests.
        case control
    }

    package struct Part: Codable, Hashable, Sendable {
        package var purpose: Purpose
        package var bytes: ByteCount

        package init(_ purpose: Purpose, _ bytes: ByteCount) {
            self.purpose = purpose
            self.bytes = bytes
        }
    }

    /// From the stream's start to the last packet that carried media.
    package var time: TimeSpan
    package var downlink = Way()
    package var uplink = Way()
    /// Media of the access units that were sent, and of those that came whole; absent where nothing tells them.
    package var sentMedia: ByteCount?
    package var deliveredMedia: ByteCount?
    /// With `deliveredMedia` they are all of the downlink's bytes; what cannot be told apart is missing, and with it
    /// counted as `packaging`.
    package var parts: [Part] = []
    /// Packets that carried media for the first time, and those of them that the link lost: the loss before any repair.
    package var mediaPackets: Int64 = 0
    package var mediaPacketsLost: Int64 = 0

    package init(time: TimeSpan) {
        self.time = time
    }
}

extension WireReport {
    package func bytes(for purpose: Purpose) -> ByteCount? { parts.first { $0.purpose == purpose }?.bytes }

    /// The downlink's bytes beyond the media delivered, as a share of it; absent where none was delivered.
    package var overhead: Double? {
        deliveredMedia.flatMap { share(of: ByteCount(downlink.bytes.bytes - $0.bytes)) }
    }

    /// As a share of the media delivered.
    package func share(for purpose: Purpose) -> Double? { bytes(for: purpose).flatMap(share) }

    /// The uplink's bytes as a share of the media delivered.
    package var feedback: Double? { share(of: uplink.bytes) }

    /// Share of the media's packets that the link lost.
    package var lossBeforeRepair: Double? {
        mediaPackets > 0 ? Double(mediaPacketsLost) / Double(mediaPackets) : nil
    }

    private func share(of bytes: ByteCount) -> Double? {
        guard let deliveredMedia, deliveredMedia.bytes > 0 else { return nil }
        return Double(bytes.bytes) / Double(deliveredMedia.bytes)
    }
}
