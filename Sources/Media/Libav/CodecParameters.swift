internal import CAV

/// The owner of an `AVCodecParameters`: what a stream is, without its data.
final class CodecParameters {
    let raw: UnsafeMutablePointer<AVCodecParameters>

    init(copying source: UnsafePointer<AVCodecParameters>) throws(AVFailure) {
        guard let raw = avcodec_parameters_alloc() else { throw .outOfMemory }
        self.raw = raw
        try AVFailure.check(avcodec_parameters_copy(raw, source))
    }

    deinit {
        var raw: UnsafeMutablePointer<AVCodecParameters>? = raw
        avcodec_parameters_free(&raw)
    }

    /// ffmpeg's name of the codec.
    var codec: String { raw.pointee.codec }

    var extradata: [UInt8] {
        guard let data = raw.pointee.extradata else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(raw.pointee.extradata_size)))
    }
}
