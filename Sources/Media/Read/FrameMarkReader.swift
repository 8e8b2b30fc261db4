internal import CAV
internal import LabModel

/// Decodes received pictures and reads their numbers.
struct FrameMarkReader {
    private let facts: StreamFacts

    init(_ facts: StreamFacts) {
        self.facts = facts
    }

    /// The marks in the order of decoding.
    func read(_ units: [ReceivedUnit], from path: String) throws -> [FrameMark] {
        var file = try UnitBytes(path)
        let extradata = Hexadecimal.bytes(facts.extradata) ?? []
        // One thread: with more, what a damaged picture is patched with depends on their race.
        let decoder = try AVFailure.naming("decode", facts.codec) { () throws(AVFailure) in
            try Decoder.open(facts.codec, extradata: extradata, threads: 1)
        }
        var marks: [FrameMark] = []
        for unit in units {
            guard let bytes = try file.bytes(of: unit) else { break }
            try bytes.withUnsafeBytes { buffer in
                try decoder.decode(buffer, time: Int64(unit.rtpTimestamp)) { marks.append(Self.mark(in: $0)) }
            }
        }
        try decoder.decode(nil, time: 0) { marks.append(Self.mark(in: $0)) }
        return marks
    }

    private static func mark(in frame: borrowing Frame) -> FrameMark {
        let isDamaged =
            frame.raw.pointee.decode_error_flags != 0 || frame.raw.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
        var numbers: (top: UInt32?, bottom: UInt32?) = (nil, nil)
        if let luma = frame.luma, let strip = FrameStrip(width: luma.width, height: luma.height) {
            numbers = strip.read(luma)
        }
        return FrameMark(
            rtpTimestamp: UInt32(truncatingIfNeeded: frame.raw.pointee.pts), top: numbers.top, bottom: numbers.bottom,
            damaged: isDamaged)
    }
}
