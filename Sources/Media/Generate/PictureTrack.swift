internal import CAV
internal import LabModel

/// Generated pictures: ffmpeg's moving test card with a running number, between two frame marks, through x264.
struct PictureTrack: ~Copyable {
    private let source: FilterSource
    private let encoder: Encoder
    private let frame: Frame
    private let strip: FrameStrip
    private let stream: Int
    private var next: Int64 = 0

    static func add(_ plan: VideoPlan, to file: borrowing OutputFile) throws(AVFailure) -> PictureTrack {
        guard let strip = FrameStrip(width: plan.width, height: plan.height) else {
            throw AVFailure(code: cav_invalid_data)
        }
        let card = "testsrc2=size=\(plan.width)x\(plan.height - 2 * strip.rows):rate=\(plan.framesPerSecond)"
        let source = try FilterSource.make(
            "\(card),format=yuv420p,pad=\(plan.width):\(plan.height):0:\(strip.rows),buffersink@out")
        let encoder = try open(plan)
        let stream = try file.add(encoder)
        return PictureTrack(source: source, encoder: encoder, frame: try Frame(), strip: strip, stream: stream)
    }

    private init(
        source: consuming FilterSource, encoder: consuming Encoder, frame: consuming Frame, strip: FrameStrip,
        stream: Int
    ) {
        self.source = source
        self.encoder = encoder
        self.frame = frame
        self.strip = strip
        self.stream = stream
    }

    /// Makes the next picture. Picture n has the number n and is shown at n / frame rate.
    mutating func advance(into file: borrowing OutputFile) throws(AVFailure) {
        try source.next(into: frame)
        draw()
        frame.raw.pointee.pts = next
        frame.raw.pointee.pict_type = AV_PICTURE_TYPE_NONE
        next += 1
        try encode(frame.raw, into: file)
    }

    func finish(into file: borrowing OutputFile) throws(AVFailure) {
        try encode(nil, into: file)
    }

    private func encode(_ frame: UnsafeMutablePointer<AVFrame>?, into file: borrowing OutputFile) throws(AVFailure) {
        let timeBase = encoder.raw.pointee.time_base
        try encoder.encode(frame) { packet throws(AVFailure) in
            packet.raw.pointee.duration = 1
            try file.write(packet, stream: stream, timeBase: timeBase)
        }
    }

    private func draw() {
        guard let luma = frame.luma, let u = frame.raw.pointee.data.1, let v = frame.raw.pointee.data.2 else { return }
        let (width, height) = ((luma.width + 1) / 2, (luma.height + 1) / 2)
        let chroma = [
            PicturePlane(data: u, stride: Int(frame.raw.pointee.linesize.1), width: width, height: height),
            PicturePlane(data: v, stride: Int(frame.raw.pointee.linesize.2), width: width, height: height),
        ]
        strip.draw(UInt32(next), luma: luma, chroma: chroma)
    }

    /// A live encoder: no frame looks ahead or back, key frames at fixed distances, half a second of rate control.
    /// One thread gives one slice a frame, and the same bytes on every machine.
    private static func open(_ plan: VideoPlan) throws(AVFailure) -> Encoder {
        let gop = plan.framesPerGroup
        let options = [
            "preset": "veryfast", "tune": "zerolatency", "sc_threshold": "0", "forced-idr": "1",
            "x264-params": "keyint=\(gop):min-keyint=\(gop):scenecut=0:threads=1",
        ]
        return try Encoder.open("libx264", options: options) { context in
            context.width = Int32(plan.width)
            context.height = Int32(plan.height)
            context.pix_fmt = AV_PIX_FMT_YUV420P
            context.time_base = AVRational(num: 1, den: Int32(plan.framesPerSecond))
            context.framerate = AVRational(num: Int32(plan.framesPerSecond), den: 1)
            context.bit_rate = plan.rate.bitsPerSecond
            context.rc_max_rate = plan.rate.bitsPerSecond
            context.rc_buffer_size = Int32(clamping: plan.rate.bitsPerSecond / 2)
            context.gop_size = Int32(gop)
            context.max_b_frames = 0
            context.thread_count = 1
            context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        }
    }
}
