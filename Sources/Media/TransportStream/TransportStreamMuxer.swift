internal import CAV
internal import LabModel

/// libavformat's MPEG-TS muxer (ISO/IEC 13818-1), writing its packets here.
///
/// Each access unit is a PES packet of its own, so that no sound waits for more of it.
final class TransportStreamMuxer {
    /// One packet of the transport stream.
    static let packetSize = 188
    /// Between two program clock references, in milliseconds: half of what ISO/IEC 13818-1 annex D allows.
    private static let clockInterval = 20

    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let sink: OutputSink
    private let made: Made

    private final class Made {
        var bytes: [UInt8] = []
    }

    /// - Parameters:
    ///   - rate: of the stream, filled up with null packets; nil for as many packets as the media needs.
    ///   - delay: how long before its decoding time a unit may be in the stream, for a constant rate.
    init(_ streams: [MediaSource.Stream], rate: Rate?, delay: TimeSpan) throws(AVFailure) {
        let made = Made()
        let sink = try OutputSink(size: 1 << 16, isPackets: false) { made.bytes += $0 }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, "mpegts", nil))
        guard let raw else { throw .outOfMemory }
        self.raw = raw
        self.sink = sink
        self.made = made
        raw.pointee.pb = sink.raw
        raw.pointee.max_delay = Int32(clamping: delay.nanoseconds / 1000)
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
        for stream in streams {
            guard let new = avformat_new_stream(raw, nil) else { throw .outOfMemory }
            try AVFailure.check(avcodec_parameters_copy(new.pointee.codecpar, stream.parameters.raw))
            new.pointee.codecpar.pointee.codec_tag = 0
        }
        var names = [
            "pes_payload_size": "0", "pcr_period": "\(Self.clockInterval)",
        ]
        if let rate { names["muxrate"] = "\(rate.bitsPerSecond)" }
        var options = Options(names)
        try AVFailure.check(avformat_write_header(raw, &options.raw))
    }

    deinit {
        avformat_free_context(raw)
    }

    /// Has the program's tables come before the next unit, whether they are due or not.
    func repeatTables() throws(AVFailure) {
        try AVFailure.check(av_opt_set(raw.pointee.priv_data, "mpegts_flags", "resend_headers", 0))
    }

    /// Muxes a unit whose times are in ticks of 90 kHz; returns the packets that this makes, of 188 bytes each.
    func mux(
        _ bytes: [UInt8], stream: Int, pts: Int64, dts: Int64, isKey: Bool
    ) throws(AVFailure) -> [UInt8] {
        let packet = try Packet.copying(bytes[...])
        packet.raw.pointee.pts = pts
        packet.raw.pointee.dts = dts
        packet.raw.pointee.stream_index = Int32(stream)
        packet.raw.pointee.flags = isKey ? AV_PKT_FLAG_KEY : 0
        try AVFailure.check(av_write_frame(raw, packet.raw))
        try AVFailure.check(av_write_frame(raw, nil))
        avio_flush(sink.raw)
        defer { made.bytes.removeAll(keepingCapacity: true) }
        return made.bytes
    }
}
