internal import CAV

/// The owner of an open decoder.
struct Decoder: ~Copyable {
    private let raw: UnsafeMutablePointer<AVCodecContext>
    private let frame: Frame

    private init(owning raw: UnsafeMutablePointer<AVCodecContext>, frame: consuming Frame) {
        self.raw = raw
        self.frame = frame
    }

    /// Opens the decoder of a stream. Damaged pictures come out too, marked as such.
    static func open(_ setup: CodecSetup, threads: Int) throws(AVFailure) -> Decoder {
        let frame = try Frame()
        let extradata = setup.extradata
        guard let descriptor = avcodec_descriptor_get_by_name(setup.codec),
            let codec = avcodec_find_decoder(descriptor.pointee.id),
            let raw = avcodec_alloc_context3(codec)
        else { throw AVFailure(code: cav_decoder_not_found) }
        let decoder = Decoder(owning: raw, frame: frame)
        raw.pointee.flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT
        raw.pointee.thread_count = Int32(threads)
        if !extradata.isEmpty, let memory = av_mallocz(extradata.count + Int(cav_input_padding)) {
            memory.copyMemory(from: extradata, byteCount: extradata.count)
            raw.pointee.extradata = memory.assumingMemoryBound(to: UInt8.self)
            raw.pointee.extradata_size = Int32(extradata.count)
        }
        try AVFailure.check(avcodec_open2(raw, codec, nil))
        return decoder
    }

    deinit {
        var raw: UnsafeMutablePointer<AVCodecContext>? = raw
        avcodec_free_context(&raw)
    }

    /// Decodes the units of a stretch and passes each frame on, its time the unit's ticks. A unit that cannot be decoded
    /// at all yields nothing: that is what a viewer gets of it.
    func decode(_ stretch: Stretch, _ body: (borrowing Frame) -> Void) throws(AVFailure) {
        for unit in stretch.units {
            let packet = try Packet.copying(stretch.bytes[unit.bytes])
            packet.raw.pointee.pts = unit.ticks
            packet.raw.pointee.dts = cav_no_time
            avcodec_send_packet(raw, packet.raw)
            receive(body)
        }
    }

    /// Passes on what is still inside.
    func drain(_ body: (borrowing Frame) -> Void) {
        avcodec_send_packet(raw, nil)
        receive(body)
    }

    private func receive(_ body: (borrowing Frame) -> Void) {
        while avcodec_receive_frame(raw, frame.raw) >= 0 { body(frame) }
    }
}
