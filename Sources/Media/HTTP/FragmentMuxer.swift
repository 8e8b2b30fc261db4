internal import CAV
internal import LabModel

/// libavformat's muxer of fragmented MP4 (CMAF, ISO/IEC 23000-19), one track, writing its boxes here.
final class FragmentMuxer {
    /// The file's header: what comes before the first fragment.
    let initialization: [UInt8]
    /// Of the track, in Hz.
    let clockRate: Int
    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let sink: OutputSink
    private let made: Made
    private let stream: MediaSource.Stream
    private let shift: TimeSpan

    private final class Made {
        var bytes: [UInt8] = []
    }

    /// - Parameter shift: from the stream's times to the track's.
    init(_ stream: MediaSource.Stream, shift: TimeSpan) throws(AVFailure) {
        let made = Made()
        let sink = try OutputSink(size: 1 << 16, isPackets: false) { made.bytes += $0 }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, "mp4", nil))
        guard let raw else { throw .outOfMemory }
        self.raw = raw
        (self.sink, self.made, self.stream, self.shift) = (sink, made, stream, shift)
        raw.pointee.pb = sink.raw
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
        guard let new = avformat_new_stream(raw, nil) else { throw .outOfMemory }
        try AVFailure.check(avcodec_parameters_copy(new.pointee.codecpar, stream.parameters.raw))
        // Units have their parameter sets with them: 'avc3' (ISO/IEC 14496-15 section 5.3.3).
        new.pointee.codecpar.pointee.codec_tag = stream.kind == .video ? Self.inBand : 0
        new.pointee.time_base = stream.timeBase
        var options = Options([
            "movflags": "frag_custom+empty_moov+default_base_moof+cmaf+skip_sidx", "use_editlist": "0",
            "video_track_timescale": "90000", "avoid_negative_ts": "disabled",
        ])
        try AVFailure.check(avformat_write_header(raw, &options.raw))
        avio_flush(sink.raw)
        clockRate = Int(new.pointee.time_base.den)
        initialization = made.bytes
        made.bytes = []
    }

    deinit {
        avformat_free_context(raw)
    }

    private static let inBand =
        UInt32(
            UInt8(ascii: "a")) | UInt32(UInt8(ascii: "v")) << 8 | UInt32(UInt8(ascii: "c")) << 16 | UInt32(
            UInt8(ascii: "3")) << 24

    /// One fragment of these units, which follow those before.
    ///
    /// - Parameter end: when the last of them is over, on the stream's clock.
    func fragment(_ units: ArraySlice<MediaSource.Unit>, end: Int64) throws(AVFailure) -> [UInt8] {
        guard let track = raw.pointee.streams[0] else { throw .outOfMemory }
        let nanosecond = AVRational(num: 1, den: 1_000_000_000)
        let offset = av_rescale_q(shift.nanoseconds, nanosecond, stream.timeBase)
        for (index, unit) in zip(units.indices, units) {
            let packet = try Packet.copying(unit.bytes[...])
            packet.raw.pointee.pts = unit.pts + offset
            packet.raw.pointee.dts = unit.dts + offset
            packet.raw.pointee.duration = (index + 1 < units.endIndex ? units[index + 1].dts : end) - unit.dts
            packet.raw.pointee.stream_index = 0
            packet.raw.pointee.flags = unit.isKey ? AV_PKT_FLAG_KEY : 0
            av_packet_rescale_ts(packet.raw, stream.timeBase, track.pointee.time_base)
            try AVFailure.check(av_write_frame(raw, packet.raw))
        }
        try AVFailure.check(av_write_frame(raw, nil))
        avio_flush(sink.raw)
        defer { made.bytes = [] }
        return made.bytes
    }
}
