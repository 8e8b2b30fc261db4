internal import CAV
internal import LabModel

/// Decodes pictures and reads their numbers.
struct FrameMarkReader {
    let setup: CodecSetup

    /// The marks in the order of decoding; their timestamps are ticks since the media's start.
    func read(_ stretch: Stretch) throws(MediaError) -> [FrameMark] {
        try AVFailure.naming("decode", setup.codec) { () throws(AVFailure) in
            // One thread in the decoder: with more, what a damaged picture is patched with depends on their race.
            let decoder = try Decoder.open(setup, threads: 1)
            var marks: [FrameMark] = []
            try decoder.decode(stretch) { marks.append(Self.mark(in: $0)) }
            decoder.drain { marks.append(Self.mark(in: $0)) }
            return marks
        }
    }

    private static func mark(in frame: borrowing Frame) -> FrameMark {
        let isDamaged =
            frame.raw.pointee.decode_error_flags != 0 || frame.raw.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
        var numbers: (top: UInt32?, bottom: UInt32?) = (nil, nil)
        if let luma = frame.luma, let strip = FrameStrip(width: luma.width, height: luma.height) {
            numbers = strip.read(luma)
        }
        return FrameMark(
            timestamp: UInt32(truncatingIfNeeded: frame.raw.pointee.pts), top: numbers.top, bottom: numbers.bottom,
            damaged: isDamaged)
    }
}
