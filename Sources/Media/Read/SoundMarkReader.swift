internal import CAV
internal import LabModel

/// Decodes sound and finds its marks.
///
/// All sound is one stretch: a decoder of AAC carries its state from one frame to the next, and a mark is looked for
/// where those before it were found.
struct SoundMarkReader {
    let setup: CodecSetup

    func read(_ stretch: Stretch) throws(MediaError) -> [SoundMark] {
        try AVFailure.naming("decode", setup.codec) { () throws(AVFailure) in
            let decoder = try Decoder.open(setup, threads: 1)
            var finder = SoundMarkFinder()
            try decoder.decode(stretch) { frame in
                // What a damaged unit decodes to may have no time.
                guard frame.raw.pointee.pts != cav_no_time else { return }
                finder.add(Self.mono(frame), at: Int(frame.raw.pointee.pts))
            }
            return finder.finish()
        }
    }

    /// The mean of the first two channels.
    private static func mono(_ frame: borrowing Frame) -> [Float] {
        let count = Int(frame.raw.pointee.nb_samples)
        guard frame.raw.pointee.format == AV_SAMPLE_FMT_FLTP.rawValue, let first = frame.raw.pointee.data.0 else {
            return []
        }
        let left = UnsafeMutableRawPointer(first).assumingMemoryBound(to: Float.self)
        guard frame.raw.pointee.ch_layout.nb_channels > 1, let second = frame.raw.pointee.data.1 else {
            return Array(UnsafeBufferPointer(start: left, count: count))
        }
        let right = UnsafeMutableRawPointer(second).assumingMemoryBound(to: Float.self)
        return (0..<count).map { (left[$0] + right[$0]) / 2 }
    }
}
