internal import CAV

/// libavformat's receiver for a session description, fed with RTP packets that somebody else received.
///
/// It is never given RTCP: a report before a stream's first packet makes it give up, and one in mid-stream moves its
/// timestamps. Without reports a packet's time is its RTP timestamp less that of the stream's first packet.
final class SessionDemuxer {
    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let feed: InputFeed

    /// - Parameter next: the next RTP packet; nil for "none now", upon which the demuxer gives out what it holds back
    ///   for packets that are missing.
    init(_ path: String, next: @escaping () -> [UInt8]?) throws(AVFailure) {
        let feed = try InputFeed(size: Self.bufferSize, isPackets: true) { target in
            guard let bytes = next(), bytes.count <= target.count else { return 0 }
            _ = target.update(fromContentsOf: bytes)
            return bytes.count
        }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        var options = Options([
            "sdp_flags": "custom_io", "protocol_whitelist": "file", "max_delay": "\(Self.reorderDelay)",
        ])
        try AVFailure.check(avformat_open_input(&raw, "file:" + path, av_find_input_format("sdp"), &options.raw))
        guard let raw else { throw .outOfMemory }
        self.raw = raw
        self.feed = feed
        avio_closep(&raw.pointee.pb)
        // A parser would hold each unit back until the next one begins.
        raw.pointee.flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN | AVFMT_FLAG_CUSTOM_IO
        raw.pointee.pb = feed.raw
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    /// How long the demuxer waits for a packet that is missing, in microseconds; ffmpeg's default.
    static let reorderDelay = 100_000
    private static let bufferSize = 65536

    /// A piece of a unit: what one packet held of it.
    struct Piece {
        let stream: Int
        /// Since the stream's first packet, in ticks of its RTP clock; nil for more of the unit before.
        let time: Int64?
        let isKey: Bool
        let bytes: [UInt8]
    }

    /// The next piece; nil where `next` had none and nothing is held back.
    func read(_ packet: borrowing Packet) throws(AVFailure) -> Piece? {
        av_packet_unref(packet.raw)
        let result = av_read_frame(raw, packet.raw)
        if result == cav_again { return nil }
        try AVFailure.check(result)
        return Piece(stream: packet.stream, time: packet.pts, isKey: packet.isKey, bytes: packet.bytes)
    }
}
