/// The network abstraction layer units of H.264 and H.265, with start codes (ITU-T H.264 annex B).
enum NetworkUnits {
    /// Whether decoding can begin at this access unit, as its first slice says; nil for a codec that has no such units.
    static func isKey(_ bytes: [UInt8], codec: String) -> Bool? {
        switch codec {
        case "h264": firstType(in: bytes, 1...5) { $0 & 0x1F } == 5
        case "hevc": firstType(in: bytes, 0...31) { $0 >> 1 & 0x3F }.map { (16...21).contains($0) } ?? false
        default: nil
        }
    }

    /// The type of the first unit that is a slice. What follows it, nearly all of the bytes, is not looked at.
    private static func firstType(
        in bytes: [UInt8], _ slices: ClosedRange<UInt8>, of header: (UInt8) -> UInt8
    ) -> UInt8? {
        var zeros = 0
        for index in bytes.indices.dropLast() {
            if bytes[index] == 1, zeros >= 2, slices.contains(header(bytes[index + 1])) {
                return header(bytes[index + 1])
            }
            zeros = bytes[index] == 0 ? zeros + 1 : 0
        }
        return nil
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

    /// Units that each have their length before them (ISO/IEC 14496-15, in four bytes), with start codes in its place; up
    /// to the first that does not fit.
    static func delimited(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while rest.count > 4 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard length <= rest.count else { break }
            result += [0, 0, 0, 1] + rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        return result
    }

    /// The units with start codes of four bytes throughout, without those whose first byte `isLeftOut` names.
    static func joined(_ bytes: [UInt8], without isLeftOut: (UInt8) -> Bool = { _ in false }) -> [UInt8] {
        units(bytes).flatMap { isLeftOut(bytes[$0.lowerBound]) ? [] : [0, 0, 0, 1] + bytes[$0] }
    }
}
