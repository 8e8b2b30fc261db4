internal import CAV

/// One of libavformat's muxers, whose bytes stay in memory until they are taken.
final class MemoryMuxer {
    let raw: UnsafeMutablePointer<AVFormatContext>
    private let sink: OutputSink
    private let made: Made

    private final class Made {
        var bytes: [UInt8] = []
    }

    init(_ format: String) throws(AVFailure) {
        let made = Made()
        let sink = try OutputSink(size: 1 << 16, isPackets: false) { made.bytes += $0 }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, format, nil))
        guard let raw else { throw .outOfMemory }
        (self.raw, self.sink, self.made) = (raw, sink, made)
        raw.pointee.pb = sink.raw
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
    }

    deinit {
        avformat_free_context(raw)
    }

    /// A stream like the media's.
    ///
    /// - Parameter tag: the container's name of the codec; 0 lets the muxer choose.
    @discardableResult
    func add(_ stream: MediaSource.Stream, tag: UInt32 = 0) throws(AVFailure) -> UnsafeMutablePointer<AVStream> {
        guard let new = avformat_new_stream(raw, nil) else { throw .outOfMemory }
        try AVFailure.check(avcodec_parameters_copy(new.pointee.codecpar, stream.parameters.raw))
        new.pointee.codecpar.pointee.codec_tag = tag
        return new
    }

    func writeHeader(_ names: [String: String]) throws(AVFailure) {
        var options = Options(names)
        try AVFailure.check(avformat_write_header(raw, &options.raw))
    }

    /// Writes a unit whose times are in the stream's time base.
    func write(
        _ bytes: [UInt8], stream: Int, pts: Int64, dts: Int64, duration: Int64 = 0, isKey: Bool
    ) throws(AVFailure) {
        let packet = try Packet.copying(bytes[...])
        packet.raw.pointee.pts = pts
        packet.raw.pointee.dts = dts
        packet.raw.pointee.duration = duration
        packet.raw.pointee.stream_index = Int32(stream)
        packet.raw.pointee.flags = isKey ? AV_PKT_FLAG_KEY : 0
        try AVFailure.check(av_write_frame(raw, packet.raw))
    }

    /// Has the muxer write what it still holds.
    func flush() throws(AVFailure) {
        try AVFailure.check(av_write_frame(raw, nil))
    }

    /// What was made since the last time.
    func takeMade() -> [UInt8] {
        avio_flush(sink.raw)
        defer { made.bytes.removeAll(keepingCapacity: true) }
        return made.bytes
    }
}
