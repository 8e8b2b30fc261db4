/// What became of the access units of one stream.
package struct MediaReport: Codable, Sendable {
    package var stream: MediaKind
    package var codec: String
    package var width: Int?
    package var height: Int?
    package var framesPerSecond: Double?
    package var sampleRate: Int?
    package var channels: Int?
    package var sent: Int64
    /// All packets came.
    package var complete: Int64
    /// Some packets came.
    package var damaged: Int64
    /// None came.
    package var missing: Int64
    package var keyFrames: Int64
    package var keyFramesComplete: Int64
    /// Media rate as sent, and of the units that came whole over the same time; without headers.
    package var rate: Rate?
    package var deliveredRate: Rate?
    /// Bytes of all units, and of those that came whole; absent in results of an earlier version.
    package var sentBytes: ByteCount?
    package var deliveredBytes: ByteCount?
    /// Pictures decoded, pictures whose number could be read, and pictures that showed another frame than they should.
    package var decoded: Int64?
    package var identified: Int64?
    package var misplaced: Int64?

    package init(stream: MediaKind, codec: String) {
        self.stream = stream
        self.codec = codec
        sent = 0
        complete = 0
        damaged = 0
        missing = 0
        keyFrames = 0
        keyFramesComplete = 0
    }

    /// Units that never came whole.
    package var lost: Int64 { damaged + missing }
}

/// How far sound and picture are apart; audio late is negative (ITU-R BT.1359).
package struct SyncReport: Codable, Hashable, Sendable {
    package enum Method: String, Codable, Sendable, CaseIterable {
        /// RTCP sender reports place both streams on the sender's clock: what a player shows that goes by them and has
        /// a buffer in common for both.
        case transport
        /// Frame marks and sound marks found in what was decoded.
        case content
        /// How much later one stream arrives than the other: what a player shows that plays each as it comes.
        case arrival
    }

    package var method: Method
    package var offset: Distribution
    /// 95th percentile of the offset's magnitude.
    package var magnitudeP95: TimeSpan
    /// Share of the time outside -125 ms to +45 ms.
    package var outside: Double

    package init(method: Method, offset: Distribution, magnitudeP95: TimeSpan, outside: Double) {
        self.method = method
        self.offset = offset
        self.magnitudeP95 = magnitudeP95
        self.outside = outside
    }
}
