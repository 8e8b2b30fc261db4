internal import CAV
internal import LabModel
internal import LinuxKit

/// Decodes received pictures and reads their numbers.
struct FrameMarkReader {
    private let facts: StreamFacts

    init(_ facts: StreamFacts) {
        self.facts = facts
    }

    /// The marks in the order of decoding.
    func read(_ units: [ReceivedUnit], from path: String) throws -> [FrameMark] {
        try Thread.map(stretches(of: units), named: "frame-marks") { try read($0, from: path) }.flatMap(\.self)
    }

    /// Cuts before key frames, where a decoder can begin: each stretch then has a decoder of its own. The cuts depend on
    /// the units alone, so that the marks are the same on every machine.
    private func stretches(of units: [ReceivedUnit]) -> [ArraySlice<ReceivedUnit>] {
        var stretches: [ArraySlice<ReceivedUnit>] = []
        var start = 0
        for (index, unit) in units.enumerated() where unit.key && index - start >= Self.shortestStretch {
            stretches.append(units[start..<index])
            start = index
        }
        return stretches + [units[start...]]
    }

    /// In pictures: to begin costs about as much as decoding ten of them.
    private static let shortestStretch = 120

    private func read(_ units: ArraySlice<ReceivedUnit>, from path: String) throws -> [FrameMark] {
        var file = try UnitBytes(path)
        let extradata = Hexadecimal.bytes(facts.extradata) ?? []
        // One thread in the decoder: with more, what a damaged picture is patched with depends on their race.
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
