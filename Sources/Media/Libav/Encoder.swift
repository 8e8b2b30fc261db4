internal import CAV

/// The owner of an open encoder.
struct Encoder: ~Copyable {
    let raw: UnsafeMutablePointer<AVCodecContext>

    private init(owning raw: UnsafeMutablePointer<AVCodecContext>) {
        self.raw = raw
    }

    /// Opens the encoder called `name` as `configure` sets it up.
    static func open(
        _ name: String, options: [String: String], _ configure: (inout AVCodecContext) -> Void
    ) throws(AVFailure) -> Encoder {
        guard let codec = avcodec_find_encoder_by_name(name) else { throw AVFailure(code: cav_encoder_not_found) }
        guard let raw = avcodec_alloc_context3(codec) else { throw .outOfMemory }
        let encoder = Encoder(owning: raw)
        configure(&raw.pointee)
        var dictionary = Options(options)
        try AVFailure.check(avcodec_open2(raw, codec, &dictionary.raw))
        return encoder
    }

    deinit {
        var raw: UnsafeMutablePointer<AVCodecContext>? = raw
        avcodec_free_context(&raw)
    }

    /// Encodes a frame, or what is still inside for nil, and passes each packet on.
    func encode(
        _ frame: UnsafeMutablePointer<AVFrame>?, _ body: (borrowing Packet) throws(AVFailure) -> Void
    ) throws(AVFailure) {
        try AVFailure.check(avcodec_send_frame(raw, frame))
        let packet = try Packet()
        while true {
            let result = avcodec_receive_packet(raw, packet.raw)
            if result == cav_again || result == cav_end { return }
            try AVFailure.check(result)
            try body(packet)
        }
    }
}

/// The owner of an `AVDictionary`.
struct Options: ~Copyable {
    var raw: OpaquePointer?

    init(_ options: [String: String]) {
        for (name, value) in options { av_dict_set(&raw, name, value, 0) }
    }

    deinit {
        var raw = raw
        av_dict_free(&raw)
    }
}
