internal import CAV
internal import LabModel

/// Generated sound through AAC or Opus.
struct SoundEncoding: ~Copyable {
    private let encoder: Encoder
    private let frame: Frame
    private let stream: Int
    private let track = SoundTrack()
    /// How many samples late the codec brings the sound. It is fed with what comes as much later, so that a decoder
    /// finds sample n of the media at presentation time n, in every container and over RTP, where no edit list makes
    /// up for it.
    private let delay: Int
    private var next = 0

    static func add(_ plan: AudioPlan, to file: borrowing OutputFile) throws(AVFailure) -> SoundEncoding {
        let encoder = try open(plan)
        let stream = try file.add(encoder)
        let delay = Int(encoder.raw.pointee.initial_padding)
        return SoundEncoding(encoder: encoder, frame: try Frame(), stream: stream, delay: delay)
    }

    private init(encoder: consuming Encoder, frame: consuming Frame, stream: Int, delay: Int) {
        self.encoder = encoder
        self.frame = frame
        self.stream = stream
        self.delay = delay
    }

    /// Where the sound made so far ends.
    var end: TimeSpan { .seconds(Double(next) / Double(SoundBurst.sampleRate)) }

    /// Makes the next codec frame.
    mutating func advance(into file: borrowing OutputFile) throws(AVFailure) {
        let size = Int(encoder.raw.pointee.frame_size)
        try fill(size)
        frame.raw.pointee.pts = Int64(next)
        next += size
        try encode(frame.raw, into: file)
    }

    func finish(into file: borrowing OutputFile) throws(AVFailure) {
        try encode(nil, into: file)
    }

    private func encode(_ frame: UnsafeMutablePointer<AVFrame>?, into file: borrowing OutputFile) throws(AVFailure) {
        let timeBase = encoder.raw.pointee.time_base
        let shift = Int64(encoder.raw.pointee.initial_padding)
        let end = Int64(next)
        try encoder.encode(frame) { packet throws(AVFailure) in
            packet.raw.pointee.pts += shift
            packet.raw.pointee.dts = packet.raw.pointee.pts
            // What the encoder still holds at the end lies behind the end of the pictures.
            if packet.raw.pointee.pts < end { try file.write(packet, stream: stream, timeBase: timeBase) }
        }
    }

    private func fill(_ size: Int) throws(AVFailure) {
        av_frame_unref(frame.raw)
        frame.raw.pointee.format = encoder.raw.pointee.sample_fmt.rawValue
        frame.raw.pointee.nb_samples = Int32(size)
        frame.raw.pointee.sample_rate = Int32(SoundBurst.sampleRate)
        cav_set_stereo(&frame.raw.pointee.ch_layout)
        try AVFailure.check(av_frame_get_buffer(frame.raw, 0))
        let isPlanar = encoder.raw.pointee.sample_fmt == AV_SAMPLE_FMT_FLTP
        frame.raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: size * 2) { first in
            let second = frame.raw.pointee.data.1.map {
                UnsafeMutableRawPointer($0).assumingMemoryBound(to: Float.self)
            }
            for index in 0..<size {
                let (left, right) = track.sample(next + index + delay)
                if isPlanar {
                    first[index] = left
                    second?[index] = right
                } else {
                    first[2 * index] = left
                    first[2 * index + 1] = right
                }
            }
        }
    }

    private static func open(_ plan: AudioPlan) throws(AVFailure) -> Encoder {
        let (name, format) =
            switch plan.codec {
            case .aac: ("aac", AV_SAMPLE_FMT_FLTP)
            case .opus: ("libopus", AV_SAMPLE_FMT_FLT)
            }
        return try Encoder.open(name, options: [:]) { context in
            context.sample_fmt = format
            context.sample_rate = Int32(SoundBurst.sampleRate)
            context.time_base = AVRational(num: 1, den: Int32(SoundBurst.sampleRate))
            context.bit_rate = plan.rate.bitsPerSecond
            context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
            cav_set_stereo(&context.ch_layout)
        }
    }
}
