internal import CAV
internal import LabModel

/// libavformat's FLV muxer (Adobe Flash Video File Format Specification 10.1, annex E), writing its tags here. What
/// RTMP carries as messages are FLV's tags.
final class FlashVideoMuxer {
    /// FLV counts milliseconds.
    static let clockRate = 1000

    /// What comes before the media: the file's header, the description of the streams and the setup of their decoders.
    private(set) var header: [UInt8] = []

    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let sink: OutputSink
    private let made: Made

    private final class Made {
        var bytes: [UInt8] = []
    }

    init(_ streams: [MediaSource.Stream]) throws(AVFailure) {
        let made = Made()
        let sink = try OutputSink(size: 1 << 16, isPackets: false) { made.bytes += $0 }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, "flv", nil))
        guard let raw else { throw .outOfMemory }
        self.raw = raw
        self.sink = sink
        self.made = made
        raw.pointee.pb = sink.raw
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
        for stream in streams {
            guard let new = avformat_new_stream(raw, nil) else { throw .outOfMemory }
            try AVFailure.check(avcodec_parameters_copy(new.pointee.codecpar, stream.parameters.raw))
            new.pointee.codecpar.pointee.codec_tag = 0
        }
        // A live stream has no length to go back and fill in.
        var options = Options(["flvflags": "no_duration_filesize"])
        try AVFailure.check(avformat_write_header(raw, &options.raw))
        header = takeMade()
    }

    deinit {
        avformat_free_context(raw)
    }

    /// The tag of a unit whose times are in milliseconds, decoding times not negative.
    func mux(_ bytes: [UInt8], stream: Int, pts: Int64, dts: Int64, isKey: Bool) throws(AVFailure) -> [UInt8] {
        let packet = try Packet.copying(bytes[...])
        packet.raw.pointee.pts = pts
        packet.raw.pointee.dts = dts
        packet.raw.pointee.stream_index = Int32(stream)
        packet.raw.pointee.flags = isKey ? AV_PKT_FLAG_KEY : 0
        try AVFailure.check(av_write_frame(raw, packet.raw))
        return takeMade()
    }

    private func takeMade() -> [UInt8] {
        avio_flush(sink.raw)
        defer { made.bytes.removeAll(keepingCapacity: true) }
        return made.bytes
    }
}
