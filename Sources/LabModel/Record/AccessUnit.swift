/// The two kinds of elementary stream.
package enum MediaKind: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case video
    case audio
}

/// One access unit as it was sent: a line of `media/sent.jsonl`.
package struct SentUnit: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// Counted from 0 in each stream, in decoding order.
    package var index: Int
    /// Presentation time since the media's start.
    package var pts: TimeSpan
    /// The RTP timestamp of its packets.
    package var rtpTimestamp: UInt32
    /// Of the payload before packetisation.
    package var size: ByteCount
    package var key: Bool
    /// Extended RTP sequence numbers of its first and last packet.
    package var firstSequence: Int64
    package var lastSequence: Int64
    /// When it was due, and when its first and last packet were given to the kernel.
    package var due: Timestamp
    package var firstSent: Timestamp
    package var lastSent: Timestamp

    package init(
        stream: MediaKind, index: Int, pts: TimeSpan, rtpTimestamp: UInt32, size: ByteCount, key: Bool,
        firstSequence: Int64, lastSequence: Int64, due: Timestamp, firstSent: Timestamp, lastSent: Timestamp
    ) {
        self.stream = stream
        self.index = index
        self.pts = pts
        self.rtpTimestamp = rtpTimestamp
        self.size = size
        self.key = key
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.due = due
        self.firstSent = firstSent
        self.lastSent = lastSent
    }
}

/// One access unit as it came out of the receiver's depacketiser: a line of `media/received.jsonl`.
package struct ReceivedUnit: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// Counted from 0 in each stream as they came out.
    package var index: Int
    package var rtpTimestamp: UInt32
    package var key: Bool
    /// Where its bytes lie in `media/received-video.bin` or `media/received-audio.bin`.
    package var offset: Int64
    package var size: ByteCount
    /// When the last of its packets came, by the kernel's receive time; waiting for packets that are missing, and for
    /// the next unit to begin, is left to the player model.
    package var time: Timestamp

    package init(
        stream: MediaKind, index: Int, rtpTimestamp: UInt32, key: Bool, offset: Int64, size: ByteCount,
        time: Timestamp
    ) {
        self.stream = stream
        self.index = index
        self.rtpTimestamp = rtpTimestamp
        self.key = key
        self.offset = offset
        self.size = size
        self.time = time
    }
}

/// One elementary stream of a run: an entry of `media/streams.json`, written by the sender before it sends.
package struct StreamFacts: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// ffmpeg's name of the codec.
    package var codec: String
    package var ssrc: UInt32
    package var payloadType: UInt8
    /// RTP clock rate in Hz.
    package var clockRate: Int
    /// RTP timestamp of presentation time 0.
    package var firstTimestamp: UInt32
    package var firstSequence: UInt16
    /// Destination port of RTP; RTCP has the next.
    package var port: UInt16
    package var width: Int?
    package var height: Int?
    package var framesPerSecond: Double?
    package var sampleRate: Int?
    package var channels: Int?
    /// Whether the pictures and the sound carry netlab's marks.
    package var marked: Bool
    /// ffmpeg's `extradata` (parameter sets, AudioSpecificConfig), hexadecimal.
    package var extradata: String

    package init(
        stream: MediaKind, codec: String, ssrc: UInt32, payloadType: UInt8, clockRate: Int, firstTimestamp: UInt32,
        firstSequence: UInt16, port: UInt16, width: Int? = nil, height: Int? = nil, framesPerSecond: Double? = nil,
        sampleRate: Int? = nil, channels: Int? = nil, marked: Bool, extradata: String
    ) {
        self.stream = stream
        self.codec = codec
        self.ssrc = ssrc
        self.payloadType = payloadType
        self.clockRate = clockRate
        self.firstTimestamp = firstTimestamp
        self.firstSequence = firstSequence
        self.port = port
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.sampleRate = sampleRate
        self.channels = channels
        self.marked = marked
        self.extradata = extradata
    }
}
