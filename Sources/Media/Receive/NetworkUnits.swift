/// The network abstraction layer units of H.264 and H.265, with start codes (ITU-T H.264 annex B).
enum NetworkUnits {
    /// Whether decoding can begin at this access unit; nil for a codec that has no such units.
    static func isKey(_ bytes: [UInt8], codec: String) -> Bool? {
        switch codec {
        case "h264": units(bytes).contains { bytes[$0.lowerBound] & 0x1F == 5 }
        case "hevc": units(bytes).contains { (16...21).contains(bytes[$0.lowerBound] >> 1 & 0x3F) }
        default: nil
        }
    }

    /// Where the units lie between their start codes, never empty.
    static func units(_ bytes: [UInt8]) -> [Range<Int>] {
        var starts: [(code: Int, unit: Int)] = []
        var zeros = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 1, zeros >= 2 { starts.append((index - min(zeros, 3), index + 1)) }
            zeros = byte == 0 ? zeros + 1 : 0
        }
        let ends = starts.dropFirst().map(\.code) + [bytes.count]
        return zip(starts, ends).compactMap { $0.unit < $1 ? $0.unit..<$1 : nil }
    }
}
