/// One elementary stream of a run: an entry of `media/streams.json`, written by the sender before it sends.
package struct StreamFacts: Codable, Hashable, Sendable {
    package var stream: MediaKind
    /// ffmpeg's name of the codec.
    package var codec: String
    /// In Hz; of RTP, or of what contains the stream (90 000 for MPEG-TS).
    package var clockRate: Int
    /// Timestamp of presentation time 0 on that clock.
    package var firstTimestamp: UInt32
    /// Its name among several of the same content; absent where there is one.
    package var rendition: String?
    /// Where it is an RTP stream of its own.
    package var rtp: RTPStreamFacts?
    package var width: Int?
    package var height: Int?
    package var framesPerSecond: Double?
    package var sampleRate: Int?
    package var channels: Int?
    /// Whether the pictures and the sound carry netlab's marks.
    package var marked: Bool
    /// ffmpeg's `extradata` (parameter sets, AudioSpecificConfig), hexadecimal.
    package var extradata: String
    /// Whose it is, from 1, where there are several cameras.
    package var camera: Int?

    package init(
        stream: MediaKind, codec: String, clockRate: Int, firstTimestamp: UInt32, rendition: String? = nil,
        rtp: RTPStreamFacts? = nil, width: Int? = nil, height: Int? = nil, framesPerSecond: Double? = nil,
        sampleRate: Int? = nil, channels: Int? = nil, marked: Bool, extradata: String, camera: Int? = nil
    ) {
        self.stream = stream
        self.codec = codec
        self.clockRate = clockRate
        self.firstTimestamp = firstTimestamp
        self.rendition = rendition
        self.rtp = rtp
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.sampleRate = sampleRate
        self.channels = channels
        self.marked = marked
        self.extradata = extradata
        self.camera = camera
    }
}

extension StreamFacts {
    /// From presentation time 0 to a timestamp, in ticks of the stream's clock.
    package func ticks(of timestamp: UInt32) -> Int64 { Int64(Int32(bitPattern: timestamp &- firstTimestamp)) }

    /// The same in seconds.
    package func mediaTime(of timestamp: UInt32) -> Double { Double(ticks(of: timestamp)) / Double(clockRate) }
}

/// What tells one RTP stream from others, and where its counters begin.
package struct RTPStreamFacts: Codable, Hashable, Sendable {
    package var ssrc: UInt32
    package var payloadType: UInt8
    package var firstSequence: UInt16
    /// Destination port of RTP; RTCP has the next. Absent where the receiver chooses it.
    package var port: UInt16?

    package init(ssrc: UInt32, payloadType: UInt8, firstSequence: UInt16, port: UInt16?) {
        self.ssrc = ssrc
        self.payloadType = payloadType
        self.firstSequence = firstSequence
        self.port = port
    }
}
