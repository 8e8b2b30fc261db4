/// The two kinds of elementary stream.
package enum MediaKind: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case video
    case audio
}

/// One access unit as it was sent: a line of `media/sent.jsonl`.
package struct SentUnit: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// Which of the stream's renditions it belongs to, where there are several.
    package var rendition: String?
    /// Counted from 0 in each stream, in decoding order.
    package var index: Int
    /// Presentation time since the media's start.
    package var pts: TimeSpan
    /// On the stream's clock (`StreamFacts.clockRate`): the RTP timestamp of its packets, or what its container says.
    package var timestamp: UInt32
    /// Of the payload before packetisation.
    package var size: ByteCount
    package var key: Bool
    /// Extended RTP sequence numbers of its first and last packet; absent where it has no RTP packets of its own.
    package var firstSequence: Int64?
    package var lastSequence: Int64?
    /// CRC-32 of what is coded in it (`media/received.jsonl` has it too); absent for RTP, whose packets tell.
    package var content: UInt32?
    /// When it was due, and when its first and last packet were given to the kernel.
    package var due: Timestamp
    package var firstSent: Timestamp
    package var lastSent: Timestamp
    /// Whose it is, from 1, where there are several cameras.
    package var camera: Int?

    package init(
        stream: MediaKind, rendition: String? = nil, index: Int, pts: TimeSpan, timestamp: UInt32, size: ByteCount,
        key: Bool,
        firstSequence: Int64? = nil, lastSequence: Int64? = nil, content: UInt32? = nil, due: Timestamp,
        firstSent: Timestamp, lastSent: Timestamp, camera: Int? = nil
    ) {
        self.stream = stream
        self.rendition = rendition
        self.index = index
        self.pts = pts
        self.timestamp = timestamp
        self.size = size
        self.key = key
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.content = content
        self.due = due
        self.firstSent = firstSent
        self.lastSent = lastSent
        self.camera = camera
    }
}

/// One access unit as it came out of the receiver's depacketiser: a line of `media/received.jsonl`.
package struct ReceivedUnit: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// Which of the stream's renditions it belongs to, where there are several.
    package var rendition: String?
    /// Counted from 0 in each stream as they came out.
    package var index: Int
    /// On the stream's clock.
    package var timestamp: UInt32
    package var key: Bool
    /// CRC-32 of what is coded in it, of a sender of the user's own without parameter sets; absent for RTP.
    package var content: UInt32?
    /// Where its bytes lie in `media/received-video.bin` or `media/received-audio.bin`.
    package var offset: Int64
    package var size: ByteCount
    /// When the last of its packets came, by the kernel's receive time; waiting for packets that are missing, and for
    /// the next unit to begin, is left to the player model.
    package var time: Timestamp

    package init(
        stream: MediaKind, rendition: String? = nil, index: Int, timestamp: UInt32, key: Bool, content: UInt32? = nil,
        offset: Int64, size: ByteCount, time: Timestamp
    ) {
        self.stream = stream
        self.rendition = rendition
        self.index = index
        self.timestamp = timestamp
        self.key = key
        self.content = content
        self.offset = offset
        self.size = size
        self.time = time
    }
}
