internal import CAV

/// The owner of a muxer that writes a file.
struct OutputFile: ~Copyable {
    private let raw: UnsafeMutablePointer<AVFormatContext>

    private init(owning raw: UnsafeMutablePointer<AVFormatContext>) {
        self.raw = raw
    }

    /// Makes a file of ffmpeg's format `format`.
    static func create(_ path: String, format: String) throws(AVFailure) -> OutputFile {
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, format, nil))
        guard let raw else { throw .outOfMemory }
        let file = OutputFile(owning: raw)
        // The same content gives the same bytes: no dates, no versions.
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
        try AVFailure.check(avio_open(&raw.pointee.pb, "file:" + path, AVIO_FLAG_WRITE))
        return file
    }

    deinit {
        avio_closep(&raw.pointee.pb)
        avformat_free_context(raw)
    }

    /// Adds a stream of what `encoder` makes, in its time base; returns its index.
    func add(_ encoder: borrowing Encoder) throws(AVFailure) -> Int {
        guard let stream = avformat_new_stream(raw, nil) else { throw .outOfMemory }
        try AVFailure.check(avcodec_parameters_from_context(stream.pointee.codecpar, encoder.raw))
        // The encoder's delay is made up for in what it is fed with; an edit list would do it twice.
        stream.pointee.codecpar.pointee.initial_padding = 0
        stream.pointee.time_base = encoder.raw.pointee.time_base
        return Int(stream.pointee.index)
    }

    func writeHeader() throws(AVFailure) {
        try AVFailure.check(avformat_write_header(raw, nil))
    }

    /// Writes a packet of stream `index`, whose times are in `timeBase`.
    func write(_ packet: borrowing Packet, stream index: Int, timeBase: AVRational) throws(AVFailure) {
        guard let stream = raw.pointee.streams[index] else { throw .outOfMemory }
        av_packet_rescale_ts(packet.raw, timeBase, stream.pointee.time_base)
        packet.raw.pointee.stream_index = Int32(index)
        try AVFailure.check(av_interleaved_write_frame(raw, packet.raw))
    }

    /// Writes what belongs at the end, and says where the disk did not take it all.
    consuming func finish() throws(AVFailure) {
        try AVFailure.check(av_write_trailer(raw))
        avio_flush(raw.pointee.pb)
        try AVFailure.check(raw.pointee.pb.pointee.error)
    }
}
