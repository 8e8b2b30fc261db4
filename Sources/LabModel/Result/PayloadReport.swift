/// How media lies in RTP packets.
package enum PayloadFormat: String, Codable, Sendable, CaseIterable {
    /// RFC 6184.
    case h264
    /// RFC 7798.
    case h265
    /// RFC 7741.
    case vp8
    /// RFC 9628.
    case vp9
    /// The Alliance for Open Media's "RTP Payload Format For AV1".
    case av1
    /// RFC 7587.
    case opus
    /// RFC 3640, mode AAC-hbr.
    case aac
    /// RFC 2250.
    case mpegTS = "mpeg-ts"
}

extension PayloadFormat {
    /// By ffmpeg's name of a codec, or by the encoding name of a session description.
    package init?(named name: some StringProtocol) {
        switch name.lowercased() {
        case "h264": self = .h264
        case "h265", "hevc": self = .h265
        case "vp8": self = .vp8
        case "vp9": self = .vp9
        case "av1": self = .av1
        case "opus": self = .opus
        case "aac", "mpeg4-generic": self = .aac
        case "mp2t", "mpegts", "mpeg-ts": self = .mpegTS
        default: return nil
        }
    }
}

/// What the payloads of one RTP stream are, packet by packet; duplicates are left out.
package struct PayloadReport: Codable, Hashable, Sendable {
    /// Who said which format it is.
    package enum Origin: String, Codable, Sendable, CaseIterable {
        /// The run's own sender.
        case run
        /// Whoever asked for the analysis.
        case option
        /// A session description (SDP) in the same capture.
        case session
        /// RFC 3551's number for it.
        case type
        /// The bytes of the first packets fit no other.
        case guess
    }

    package struct Count: Codable, Hashable, Sendable {
        package var name: String
        package var count: Int64

        package init(_ name: String, _ count: Int64) {
            self.name = name
            self.count = count
        }
    }

    /// Frames, or access units of sound.
    package struct Frames: Codable, Hashable, Sendable {
        /// All of it came.
        package var complete: Int64 = 0
        /// Something of it came, and something did not.
        package var damaged: Int64 = 0
        /// Nothing came, by how the timestamps go on where packets are missing.
        package var missing: Int64 = 0
        /// Of `complete` and `damaged`; absent for sound.
        package var completeKeys: Int64?
        package var damagedKeys: Int64?

        package init() {}
    }

    package var format: PayloadFormat
    package var origin: Origin
    /// The payload format's kinds of packet.
    package var packets: [Count] = []
    /// What is in them: NAL units, OBUs, configurations.
    package var units: [Count] = []
    /// Absent for MPEG-TS, whose packets go across them.
    package var frames: Frames?
    /// Slices in all frames, those that begin with a frame's first macroblock or block, and the most in one frame.
    package var slices: Int64?
    package var firstSlices: Int64?
    package var mostSlices: Int64?
    /// What parameter sets and key frames say of the stream, such as `High 4.0, 1280x720`; different ones only.
    package var parameters: [String] = []
    /// Packets that do not fit the format.
    package var unreadable: Int64 = 0
    /// Where it is MPEG-TS.
    package var transportStream: TransportStreamReport?

    package init(_ format: PayloadFormat, origin: Origin) {
        self.format = format
        self.origin = origin
    }
}
