internal import CAV
internal import LabModel

/// Decodes received sound and finds its marks.
struct SoundMarkReader {
    private let facts: StreamFacts

    init(_ facts: StreamFacts) {
        self.facts = facts
    }

    func read(_ units: [ReceivedUnit], from path: String) throws -> [SoundMark] {
        var file = try UnitBytes(path)
        let extradata = Hexadecimal.bytes(facts.extradata) ?? []
        let decoder = try AVFailure.naming("decode", facts.codec) { () throws(AVFailure) in
            try Decoder.open(facts.codec, extradata: extradata, threads: 1)
        }
        var finder = SoundMarkFinder()
        for unit in units {
            guard let bytes = try file.bytes(of: unit) else { break }
            let ticks = Int64(Int32(bitPattern: unit.rtpTimestamp &- facts.firstTimestamp))
            try bytes.withUnsafeBytes { buffer in
                try decoder.decode(buffer, time: ticks) { frame in
                    finder.add(Self.mono(frame), at: Int(frame.raw.pointee.pts))
                }
            }
        }
        return finder.finish()
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
